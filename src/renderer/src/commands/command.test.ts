import { expect, test } from 'vitest';
import { findCommands, type Command } from './command.ts';

const command = (id: string, title: string, also = ''): Command => ({
  id,
  title,
  group: 'View',
  also,
  run: () => undefined,
});
const commands = [
  command('fit', 'Fit page in view', 'zoom'),
  command('dark', 'Theme: dark'),
  command('zoom', 'Zoom in'),
];

test('words at the start of a title come first, other words count too', () => {
  expect(findCommands(commands, 'zoom').map(({ id }) => id)).toEqual(['zoom', 'fit']);
  expect(findCommands(commands, 'dark the').map(({ id }) => id)).toEqual(['dark']);
  expect(findCommands(commands, 'nothing such')).toEqual([]);
});

test('nothing typed lists everything in its order', () => {
  expect(findCommands(commands, ' ')).toEqual(commands);
});

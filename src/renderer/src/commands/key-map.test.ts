import { expect, test } from 'vitest';
import type { Command } from './command.ts';
import { matchesChord, parseChord } from './key-chord.ts';
import { chordOf, giveChord, keysOf, takenBy, withKeys } from './key-map.ts';

const command = (id: string, ...keys: string[]): Command => ({
  id,
  title: id,
  group: 'View',
  keys,
  run: () => undefined,
});
const commands = [command('redo', 'Ctrl+Shift+Z', 'Ctrl+Y'), command('pin', 'P'), command('bare')];

test('a chord that is given to a command is taken from the one that had it', () => {
  expect(takenBy(commands, {}, 'ctrl+y', 'pin').map(({ id }) => id)).toEqual(['redo']);
  const map = giveChord(commands, {}, 'pin', 'Ctrl+Y');
  expect(map).toEqual({ pin: ['Ctrl+Y'], redo: ['Ctrl+Shift+Z'] });
  expect(withKeys(commands, map).map(({ keys }) => keys)).toEqual([['Ctrl+Shift+Z'], ['Ctrl+Y'], []]);
  expect(takenBy(commands, map, 'P', 'redo')).toEqual([]);
  expect(keysOf(commands[1]!, {})).toEqual(['P']);
});

test('what is pressed is written as menus write it, and is matched again', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  });
  const cases = [
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('K', { shiftKey: true }), 'Shift+K'],
    [press('!', { shiftKey: true, code: 'Digit1' }), 'Shift+1'],
    [press('?', { shiftKey: true }), '?'],
    [press('+'), 'Plus'],
    [press(' '), 'Space'],
    [press('ArrowUp', { altKey: true }), 'Alt+Up'],
  ] as const;
  for (const [event, chord] of cases) {
    expect(chordOf(event)).toBe(chord);
    expect(matchesChord(parseChord(chord), event)).toBe(true);
  }
  expect(chordOf(press('Control', { ctrlKey: true }))).toBeNull();
  expect(chordOf(press('Escape'))).toBeNull();
});

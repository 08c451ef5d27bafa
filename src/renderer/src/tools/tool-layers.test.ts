import { expect, test } from 'vitest';
import { EDIT_TOOLS } from './edit-tool.ts';
import { toolLayers } from './tool-layers.ts';

test('every tool that changes something can be locked out', () => {
  const free = EDIT_TOOLS.filter((tool) => toolLayers(tool).length === 0);
  expect(free).toEqual(['select']);
});

test('painting changes the mask and the path that follows it', () => {
  expect(toolLayers('brush')).toEqual(['traces', 'masks']);
  expect(toolLayers('pin')).toEqual(['traces']);
  expect(toolLayers('lead')).toEqual(['boxes']);
});

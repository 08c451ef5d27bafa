import { expect, test } from 'vitest';
import { chordCaps, matchesChord, parseChord } from './key-chord.ts';

const press = (
  key: string,
  held: { ctrl?: boolean; meta?: boolean; shift?: boolean; alt?: boolean } = {},
) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
});

test('a chord matches exactly its modifiers, Cmd standing for Ctrl', () => {
  const chord = parseChord('Ctrl+K');
  expect(matchesChord(chord, press('k', { ctrl: true }))).toBe(true);
  expect(matchesChord(chord, press('K', { meta: true }))).toBe(true);
  expect(matchesChord(chord, press('k'))).toBe(false);
  expect(matchesChord(chord, press('k', { ctrl: true, shift: true }))).toBe(false);
});

test('signs match with or without Shift, letters and digits do not', () => {
  expect(matchesChord(parseChord('?'), press('?', { shift: true }))).toBe(true);
  expect(matchesChord(parseChord('Plus'), press('+', { shift: true }))).toBe(true);
  expect(matchesChord(parseChord('D'), press('D', { shift: true }))).toBe(false);
  expect(matchesChord(parseChord('Ctrl+0'), press('0', { ctrl: true }))).toBe(true);
});

test('caps are spelled for the machine', () => {
  expect(chordCaps('Ctrl+Shift+D', false)).toEqual(['Ctrl', 'Shift', 'D']);
  expect(chordCaps('Ctrl+Up', true)).toEqual(['⌘', '↑']);
  expect(chordCaps('Plus', false)).toEqual(['+']);
});

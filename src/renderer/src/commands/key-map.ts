import type { Command } from './command.ts';
import { matchesChord, parseChord } from './key-chord.ts';

/** Chords that a person gave to commands, by their ids, in place of the ones they come with; empty for none. */
export type KeyMap = Readonly<Record<string, readonly string[]>>;

/** The chords of a command. */
export function keysOf(command: Command, map: KeyMap): readonly string[] {
  return map[command.id] ?? command.keys ?? [];
}

/** The commands with the chords they have now. */
export function withKeys(commands: readonly Command[], map: KeyMap): readonly Command[] {
  return commands.map((command) => ({ ...command, keys: keysOf(command, map) }));
}

/** The other commands that a chord belongs to already. */
export function takenBy(commands: readonly Command[], map: KeyMap, chord: string, id: string): Command[] {
  const wanted = JSON.stringify(parseChord(chord));
  return commands.filter(
    (command) =>
      command.id !== id && keysOf(command, map).some((known) => JSON.stringify(parseChord(known)) === wanted),
  );
}

/** Gives a chord to a command as its only one, and takes it from those that had it. */
export function giveChord(commands: readonly Command[], map: KeyMap, id: string, chord: string): KeyMap {
  const next: Record<string, readonly string[]> = { ...map, [id]: [chord] };
  const wanted = JSON.stringify(parseChord(chord));
  for (const other of takenBy(commands, map, chord, id)) {
    next[other.id] = keysOf(other, map).filter((known) => JSON.stringify(parseChord(known)) !== wanted);
  }
  return next;
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph']);
const WRITTEN: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '+': 'Plus',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** The chord of a key event as it is written in menus; null while only modifiers are held, or for Escape. */
export function chordOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string | null {
  if (MODIFIERS.has(event.key) || event.key === 'Escape') return null;
  const digit = event.shiftKey ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
  const key = digit ?? WRITTEN[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const parts = [
    ...(event.ctrlKey || event.metaKey ? ['Ctrl'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : []),
    key,
  ];
  // Signs that need Shift on some keyboards are written without it, see `matchesChord`.
  const plain = parts.filter((part) => part !== 'Shift').join('+');
  return matchesChord(parseChord(plain), event) ? plain : parts.join('+');
}

/** A key with its modifiers, e.g. `Ctrl+K`, `Shift+Home`, `?`; Ctrl stands for Cmd on a Mac. */
export interface KeyChord {
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** `KeyboardEvent.key`, letters in lower case. */
  readonly key: string;
}

const SPOKEN: Readonly<Record<string, string>> = {
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  space: ' ',
  esc: 'escape',
  plus: '+',
};

/** Reads a chord as it is written in menus; `Plus` and `Space` are written out. */
export function parseChord(text: string): KeyChord {
  const parts = text.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.pop() ?? '';
  return {
    ctrl: parts.includes('ctrl'),
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
    key: SPOKEN[key] ?? key,
  };
}

/** Whether a key event is the chord. Shift is ignored for signs such as `?` and `+`, which need it on some keyboards. */
export function matchesChord(
  chord: KeyChord,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> & {
    readonly code?: string;
  },
): boolean {
  // With Shift a digit is a sign that depends on the keyboard.
  const digit = event.shiftKey ? /^Digit(\d)$/.exec(event.code ?? '')?.[1] : undefined;
  const key = digit !== undefined && digit === chord.key ? digit : event.key.toLowerCase();
  const isSign = key.length === 1 && !/[a-z0-9 ]/.test(key);
  return (
    chord.key === key &&
    chord.ctrl === (event.ctrlKey || event.metaKey) &&
    chord.alt === event.altKey &&
    (isSign || chord.shift === event.shiftKey)
  );
}

/** The parts of a chord as key caps. */
export function chordCaps(text: string, mac: boolean): readonly string[] {
  const caps: Readonly<Record<string, string>> = {
    Ctrl: mac ? '⌘' : 'Ctrl',
    Up: '↑',
    Down: '↓',
    Left: '←',
    Right: '→',
    Plus: '+',
  };
  return text.split('+').map((part) => caps[part] ?? part);
}

/** Something the user can do, from the palette, by a key or from a menu. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Queue' | 'Page' | 'Correct' | 'Signal' | 'View' | 'Project';
  /** Chords as written in menus, e.g. `Ctrl+K`; the first is shown. */
  readonly keys?: readonly string[];
  /** More words by which the palette finds it. */
  readonly also?: string;
  readonly enabled?: () => boolean;
  readonly run: () => void;
  /** For what lasts as long as its key is held: begins and ends it. `run` then switches it on and off. */
  readonly hold?: (held: boolean) => void;
}

/** Ranks commands for what was typed: every word must occur; starts of words count more. */
export function findCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .map((command, order) => ({ command, order, score: scoreOf(command, words) }))
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ command }) => command);
}

function scoreOf(command: Command, words: readonly string[]): number {
  const title = command.title.toLowerCase();
  const rest = `${command.group} ${command.also ?? ''}`.toLowerCase();
  let score = 0;
  for (const word of words) {
    if (title.startsWith(word)) score += 4;
    else if (title.includes(` ${word}`)) score += 3;
    else if (title.includes(word)) score += 2;
    else if (rest.includes(word)) score += 1;
    else return -1;
  }
  return score;
}

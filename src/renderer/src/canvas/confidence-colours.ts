/** Colour of a level of confidence, and how wide its line is. */
export interface LevelLook {
  readonly colour: string;
  /** Times the usual width: the less sure, the wider, so that no colour is needed. */
  readonly width: number;
}

/**
 * The line of a trace by its confidence, from poor (dark red) over ochre and light blue to sure (navy): dark enough for pink paper, any two apart
 * for eyes without red or green cones, too (see the test).
 */
export const LEVEL_LOOKS: readonly LevelLook[] = [
  { colour: '#6b0c00', width: 2.3 },
  { colour: '#a63600', width: 2 },
  { colour: '#ad7d00', width: 1.7 },
  { colour: '#348cac', width: 1.4 },
  { colour: '#0a4fae', width: 1.15 },
  { colour: '#061066', width: 1 },
];

/**
 * The case around a trace in its lead's colour, CSS pixels wide, for the levels that want a look, the worst first: from pale and
 * narrow to dark and wide.
 */
export const LEVEL_CASES: readonly LevelLook[] = [
  { colour: 'rgb(150 24 0 / 62%)', width: 13 },
  { colour: 'rgb(214 84 0 / 55%)', width: 11 },
  { colour: 'rgb(245 158 11 / 50%)', width: 9 },
  { colour: 'rgb(245 190 40 / 42%)', width: 7 },
];

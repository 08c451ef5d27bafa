/** Colours of the signal panel's paper. */
export interface PaperColours {
  readonly paper: string;
  readonly minor: string;
  readonly major: string;
  readonly ink: string;
  readonly label: string;
  readonly faint: string;
  readonly doubt: string;
  readonly highlight: string;
  readonly cursor: string;
  readonly measure: string;
  readonly reference: string;
  readonly difference: string;
  /** Of samples by their level of confidence, the worst first; told apart without red and green. */
  readonly trust: readonly [string, string, string, string, string, string];
  readonly accepted: string;
  readonly rejected: string;
  readonly secondLook: string;
}

/** ECG paper by day and by night. */
const PAPER_COLOURS: Readonly<Record<'light' | 'dark', PaperColours>> = {
  light: {
    paper: '#fffbfa',
    minor: '#fbe6e3',
    major: '#f3c6c1',
    ink: '#1b1c22',
    label: '#1b1c22',
    faint: '#8a6a67',
    doubt: 'rgb(245 158 11 / 20%)',
    highlight: 'rgb(255 196 0 / 28%)',
    cursor: '#1f5fd6',
    measure: 'rgb(31 95 214 / 10%)',
    reference: '#d6208f',
    difference: 'rgb(214 32 143 / 42%)',
    trust: ['#8f1d00', '#d55e00', '#e69f00', '#56a5c8', '#2f6fb0', 'rgb(47 111 176 / 40%)'],
    accepted: '#157a4a',
    rejected: '#c02b2b',
    secondLook: '#97590a',
  },
  dark: {
    paper: '#141213',
    minor: '#211a1b',
    major: '#3a2829',
    ink: '#e8e6e3',
    label: '#f2f0ee',
    faint: '#9a8583',
    doubt: 'rgb(240 176 77 / 22%)',
    highlight: 'rgb(240 200 77 / 24%)',
    cursor: '#86adf9',
    measure: 'rgb(134 173 249 / 16%)',
    reference: '#ff7ac6',
    difference: 'rgb(255 122 198 / 48%)',
    trust: ['#ff5a3c', '#ff8a1f', '#e6b23a', '#6fb4d2', '#4a86c8', 'rgb(63 121 181 / 50%)'],
    accepted: '#4cc38a',
    rejected: '#ff7b72',
    secondLook: '#f0b04d',
  },
};

/** The same with much contrast: ink and marks as strong as can be, the grid well below them. */
const CONTRAST_COLOURS: Readonly<Record<'light' | 'dark', PaperColours>> = {
  light: {
    ...PAPER_COLOURS.light,
    paper: '#ffffff',
    minor: '#f0d9d9',
    major: '#d99c9c',
    ink: '#000000',
    label: '#000000',
    faint: '#3a3a3a',
    cursor: '#0033a8',
    measure: 'rgb(0 51 168 / 18%)',
    doubt: 'rgb(245 158 11 / 40%)',
    highlight: 'rgb(255 196 0 / 50%)',
    reference: '#9c0062',
    difference: 'rgb(156 0 98 / 60%)',
    trust: ['#6b0c00', '#a63600', '#c97f00', '#348cac', '#0a4fae', '#061066'],
    accepted: '#00471f',
    rejected: '#8c0000',
    secondLook: '#5c3300',
  },
  dark: {
    ...PAPER_COLOURS.dark,
    paper: '#000000',
    minor: '#2a1d1d',
    major: '#5e3b3b',
    ink: '#ffffff',
    label: '#ffffff',
    faint: '#d0d0d0',
    cursor: '#ffe14d',
    measure: 'rgb(255 225 77 / 24%)',
    doubt: 'rgb(240 176 77 / 45%)',
    highlight: 'rgb(240 200 77 / 45%)',
    reference: '#ff9ad5',
    difference: 'rgb(255 154 213 / 60%)',
    trust: ['#ff6f52', '#ff9a3d', '#ffd05c', '#a6dcf7', '#7fbdf5', '#4f9fe8'],
    accepted: '#8dffb9',
    rejected: '#ffb3ad',
    secondLook: '#ffd58a',
  },
};

/** Colours of the paper in a theme. */
export function paperColours(theme: 'light' | 'dark', highContrast: boolean): PaperColours {
  return (highContrast ? CONTRAST_COLOURS : PAPER_COLOURS)[theme];
}

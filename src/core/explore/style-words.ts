import { STYLE_ENTRIES } from './picture-style.ts';

/** What a style looks like, in a few words: "pale pink paper, red grid". Deduced from `pictureStyle`, or a mean of styles. */
export function styleWords(style: ArrayLike<number>): string {
  const of = (entry: (typeof STYLE_ENTRIES)[number]): number => style[STYLE_ENTRIES.indexOf(entry)]!;
  const words: string[] = [];
  if (of('light on dark') > 1) words.push('light lines on dark');
  else if (of('black and white') > 0.9 && of('paper brightness') > 1.4) words.push('black and white');
  else
    words.push(
      `${paperWords(of('paper brightness') / 1.5, of('paper red against green') / 4, of('paper green against blue') / 4)} paper`,
    );
  words.push(
    gridWords(of('grid depth') / 4, of('grid red against green') / 6, of('grid green against blue') / 6),
  );
  if (of('ink depth') < 0.45) words.push('faint ink');
  if (of('shade') > 0.75) words.push('uneven light');
  return words.join(', ');
}

function paperWords(bright: number, redGreen: number, greenBlue: number): string {
  const shade = bright > 0.85 ? '' : bright > 0.6 ? 'grayish ' : 'dark ';
  const tint =
    Math.max(Math.abs(redGreen), Math.abs(greenBlue)) < 0.03
      ? shade === ''
        ? 'white'
        : 'gray'
      : redGreen > 0.03
        ? greenBlue > 0.03
          ? 'yellowish'
          : 'pink'
        : redGreen < -0.03
          ? greenBlue < -0.03
            ? 'blue'
            : 'green'
          : greenBlue > 0
            ? 'yellowish'
            : 'bluish';
  return tint === 'gray' ? (shade === 'dark ' ? 'dark gray' : 'gray') : shade + tint;
}

/** The grid by what it takes away from the light: a red one takes green and blue. */
function gridWords(depth: number, redGreen: number, greenBlue: number): string {
  if (depth < 0.015) return 'hardly any grid';
  const tint =
    Math.max(Math.abs(redGreen), Math.abs(greenBlue)) < 0.02
      ? 'gray'
      : redGreen < -0.02
        ? greenBlue < -0.02
          ? 'orange'
          : 'red'
        : greenBlue > 0.02
          ? 'blue'
          : redGreen > 0.02
            ? 'green'
            : 'brown';
  return `${depth > 0.3 ? 'strong ' : ''}${tint} grid`;
}

import { axisOf } from './axis.ts';
import { escapeHtml } from './escape-html.ts';
import { number, plotSvg } from './plot-frame.ts';

/** One row of a box plot: values in ascending order. */
export interface BoxRow {
  readonly name: string;
  readonly ascending: readonly number[];
}

const ROW_PX = 22;
/** Single values are drawn up to this many; more would be a smear. */
const MOST_DOTS = 400;

/** Lying box plots (median, quartiles, 5th and 95th percentile, single values as dots), as an inline SVG. */
export function boxesSvg(
  rows: readonly BoxRow[],
  options: { readonly title: string; readonly label: string; readonly width?: number },
): string {
  const { width = 460 } = options;
  const names = Math.min(150, 12 + 6.2 * Math.max(...rows.map(({ name }) => name.length)));
  const height = rows.length * ROW_PX + 48;
  const box = { left: 18 + names, top: 8, right: width - 12, bottom: height - 36 };
  const all = rows.flatMap(({ ascending }) => [ascending[0]!, ascending.at(-1)!]);
  const x = axisOf([Math.min(...all), Math.max(...all)], [box.left, box.right], 7);
  const content = rows
    .map(({ name, ascending }, row) => {
      const middle = box.top + (row + 0.5) * ROW_PX;
      const at = (percent: number) => number(x.at(quantile(ascending, percent)));
      const dots =
        ascending.length > MOST_DOTS
          ? ''
          : ascending
              .map(
                (value, k) =>
                  `<circle class="dot" r="1.6" cx="${number(x.at(value))}" cy="${number(middle + ((k * 7) % 11) - 5)}"/>`,
              )
              .join('');
      return (
        dots +
        `<line class="whisker" x1="${at(5)}" x2="${at(95)}" y1="${middle}" y2="${middle}"/>` +
        `<rect class="box" x="${at(25)}" width="${number(Math.max(1, Number(at(75)) - Number(at(25))))}" y="${middle - 6}" height="12"/>` +
        `<line class="median" x1="${at(50)}" x2="${at(50)}" y1="${middle - 7}" y2="${middle + 7}"/>` +
        `<text class="tick" x="${box.left - 6}" y="${middle}" dy="0.35em" text-anchor="end">${escapeHtml(short(name))}` +
        `<title>${escapeHtml(name)}: median ${number(quantile(ascending, 50))} of ${ascending.length}</title></text>`
      );
    })
    .join('');
  return plotSvg(
    { width, height, box, x, y: null, xTitle: options.title, yTitle: '', label: options.label },
    content,
  );
}

function short(name: string): string {
  return name.length > 22 ? `...${name.slice(-19)}` : name;
}

function quantile(ascending: readonly number[], percent: number): number {
  const position = ((ascending.length - 1) * percent) / 100;
  const low = Math.floor(position);
  const a = ascending[low]!;
  const b = ascending[Math.min(ascending.length - 1, low + 1)]!;
  return a + (b - a) * (position - low);
}

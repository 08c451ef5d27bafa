import { axisOf } from './axis.ts';
import { number, plotSvg } from './plot-frame.ts';

/** Counts of values in even bins, as an inline SVG. `mark` draws a line at a value (a median). */
export function histogramSvg(
  values: readonly number[],
  options: {
    readonly title: string;
    readonly bin: number;
    readonly mark: { readonly value: number; readonly text: string } | null;
    readonly width?: number;
    readonly height?: number;
  },
): string {
  const { bin, mark, width = 460, height = 240 } = options;
  const box = { left: 44, top: 12, right: width - 12, bottom: height - 36 };
  const low = Math.floor(Math.min(...values) / bin) * bin;
  const high = (Math.floor(Math.max(...values) / bin) + 1) * bin;
  const counts = new Array<number>(Math.round((high - low) / bin)).fill(0);
  for (const value of values) counts[Math.min(counts.length - 1, Math.floor((value - low) / bin))]!++;
  const x = axisOf([low, high], [box.left, box.right], 8);
  const y = axisOf([0, Math.max(...counts)], [box.bottom, box.top], 4);
  const bars = counts
    .map((count, k) => {
      const from = x.at(low + k * bin);
      const to = x.at(low + (k + 1) * bin);
      const range = `${number(low + k * bin)} to ${number(low + (k + 1) * bin)}`;
      return (
        `<rect class="bar" x="${number(from + 0.5)}" width="${number(Math.max(0.5, to - from - 1))}" ` +
        `y="${number(y.at(count))}" height="${number(box.bottom - y.at(count))}"><title>${range}: ${count}</title></rect>`
      );
    })
    .join('');
  const at = mark ? number(x.at(mark.value)) : '';
  const line = mark
    ? `<line class="mark" x1="${at}" x2="${at}" y1="${box.top}" y2="${box.bottom}"/>` +
      `<text class="note" x="${number(Number(at) + 5)}" y="${box.top + 10}">${mark.text}</text>`
    : '';
  return plotSvg(
    {
      width,
      height,
      box,
      x,
      y: { ...y, ticks: y.ticks.filter(({ value }) => Number.isInteger(value)) },
      xTitle: options.title,
      yTitle: 'pages',
      label: `Histogram of ${options.title} of ${values.length} pages`,
    },
    bars + line,
  );
}

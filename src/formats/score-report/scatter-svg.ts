import { axisOf } from './axis.ts';
import { escapeHtml } from './escape-html.ts';
import { number, plotSvg } from './plot-frame.ts';

/** A point of a scatter plot; its title appears under the pointer. */
export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  readonly title: string;
}

/** Points over two axes, as an inline SVG; `diagonal` draws y = x and gives both axes one range. */
export function scatterSvg(
  points: readonly ScatterPoint[],
  options: {
    readonly xTitle: string;
    readonly yTitle: string;
    readonly diagonal: boolean;
    readonly width?: number;
    readonly height?: number;
  },
): string {
  const { width = 460, height = 300, diagonal } = options;
  const box = { left: 52, top: 10, right: width - 14, bottom: height - 36 };
  const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const both = range([...xs, ...ys]);
  const x = axisOf(diagonal ? both : range(xs), [box.left, box.right], 7);
  const y = axisOf(diagonal ? both : range(ys), [box.bottom, box.top], 6);
  const ends = x.ticks;
  const line = diagonal
    ? `<line class="mark" x1="${number(x.at(ends[0]!.value))}" y1="${number(y.at(ends[0]!.value))}" x2="${number(x.at(ends.at(-1)!.value))}" y2="${number(y.at(ends.at(-1)!.value))}"/>`
    : '';
  const dots = points
    .map(
      (point) =>
        `<circle class="point" r="3" cx="${number(x.at(point.x))}" cy="${number(y.at(point.y))}"><title>${escapeHtml(point.title)}</title></circle>`,
    )
    .join('');
  return plotSvg(
    {
      width,
      height,
      box,
      x,
      y,
      xTitle: options.xTitle,
      yTitle: options.yTitle,
      label: `${options.yTitle} against ${options.xTitle}, ${points.length} points`,
    },
    line + dots,
  );
}

import type { DrawnCell, DrawnPulse, DrawnText, PageDrawing } from './page-drawing.ts';
import type { ResolvedPageOptions } from './page-options.ts';
import { layoutCells, layoutRows, type PlannedCell } from './layout-cells.ts';
import { drawPulse, drawSeparator, PULSE_ROOM_MM } from './draw-marks.ts';
import { drawText } from './draw-text.ts';

/** Empty border of the paper, millimetres. */
const BORDER_MM = 5;
const TEXT_LINE = 1.7;

/**
 * Lays a page out: rows of traces between header and footer, labels above the traces, calibration pulses beside the
 * rows, marks between the columns.
 *
 * @throws RangeError when the signals are too short or the rows too long for the paper
 */
export function drawPage(options: ResolvedPageOptions): PageDrawing {
  const { layout, seconds, speedMmPerSecond: speed, header, text } = options;
  const [paperWidth, paperHeight] = options.paperMm;
  const pulseRoom = options.pulse === 'none' ? 0 : PULSE_ROOM_MM + 0.2 * speed;
  const rowWidth = seconds * speed;
  const slack = paperWidth - rowWidth - pulseRoom;
  if (slack < 0) {
    throw new RangeError(
      `drawPage: ${seconds} s at ${speed} mm/s need ${rowWidth + pulseRoom} mm, the paper has ${paperWidth} mm`,
    );
  }
  const left = slack / 2 + (options.pulse === 'left' ? pulseRoom : 0);
  const right = left + rowWidth;

  const lineMm = text.capMm * 0.85 * TEXT_LINE;
  const headerLines = Math.max(
    header.left?.length ?? 0,
    header.middle?.length ?? 0,
    header.right?.length ?? 0,
  );
  const top = BORDER_MM + headerLines * lineMm + (headerLines > 0 ? 3 : 0);
  const bottom = paperHeight - BORDER_MM - (options.footer || options.footerRight ? lineMm + 1 : 0);
  const rows = layoutRows(layout);
  const pitch = ((bottom - top) / rows) * options.rowSpread;
  const firstBaseline = (top + bottom) / 2 - ((rows - 1) / 2) * pitch;

  const planned = layoutCells(layout, options);
  const cells = planned.map((cell) => drawCell(cell, options, left, firstBaseline + cell.row * pitch, pitch));
  const pulses: DrawnPulse[] = [];
  if (options.pulse !== 'none') {
    for (let row = 0; row < rows; row++) {
      const edge = options.pulse === 'left' ? left : right;
      pulses.push(drawPulse(row, options.pulse, edge, firstBaseline + row * pitch, options));
    }
  }
  const texts: DrawnText[] = [];
  const small = { capMm: text.capMm * 0.85, stretch: text.stretch, slant: text.slant };
  const write = (line: string, x: number, y: number, align: 'left' | 'right') => {
    if (line) texts.push(...drawText(line, x, y, small, align));
  };
  const footerY = paperHeight - BORDER_MM - 1;
  const headerY = (line: number) => BORDER_MM + (line + 0.7) * lineMm;
  header.left?.forEach((line, k) => write(line, left, headerY(k), 'left'));
  header.middle?.forEach((line, k) => write(line, left + rowWidth * 0.34, headerY(k), 'left'));
  header.right?.forEach((line, k) => write(line, right, headerY(k), 'right'));
  write(options.footer, left, footerY, 'left');
  write(options.footerRight, right, footerY, 'right');

  const drawnCells = cells.map(({ cell, label }) => {
    texts.push(...label);
    return cell;
  });
  const border = options.grid?.borderMm ?? 0;
  return {
    cells: drawnCells,
    pulses,
    separators:
      options.separators === 'none'
        ? []
        : drawnCells.filter((c) => c.column > 0).map((c) => drawSeparator(c.x0, c.baselineY, options)),
    texts,
    gridBox: { x0: border, y0: border, x1: paperWidth - border, y1: paperHeight - border },
  };
}

function drawCell(
  planned: PlannedCell,
  options: ResolvedPageOptions,
  left: number,
  baselineY: number,
  pitch: number,
): { cell: DrawnCell; label: DrawnText[] } {
  const { fs, speedMmPerSecond: speed, gainMmPerMillivolt: gain, text } = options;
  const signal = options.signals.get(planned.lead);
  const firstSample = Math.round(planned.startSeconds * fs);
  const endSample = Math.round(planned.endSeconds * fs);
  if (!signal || signal.length < endSample) {
    throw new RangeError(
      `drawPage: lead ${planned.lead} has ${signal?.length ?? 0} samples, the layout prints ${endSample}`,
    );
  }
  const trace = new Float32Array(2 * (endSample - firstSample));
  const sign = planned.inverted ? -1 : 1;
  for (let k = firstSample; k < endSample; k++) {
    trace[2 * (k - firstSample)] = left + (k / fs) * speed;
    trace[2 * (k - firstSample) + 1] = baselineY - sign * signal[k]! * gain;
  }
  const x0 = left + planned.startSeconds * speed;
  const name = planned.inverted ? `-${planned.lead}` : planned.lead;
  const labelY = baselineY - Math.min(9, Math.max(3.2, 0.28 * pitch));
  const label = text.labels ? drawText(name, x0 + 1.2, labelY, text, 'left', 'lead-label') : [];
  return {
    cell: {
      ...planned,
      trace,
      firstSample,
      endSample,
      x0,
      x1: left + planned.endSeconds * speed,
      baselineY,
      y0: baselineY - pitch / 2,
      y1: baselineY + pitch / 2,
      labelBox: label[0]?.box ?? null,
    },
    label,
  };
}

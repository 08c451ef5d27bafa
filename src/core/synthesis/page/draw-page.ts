import type { DrawnCell, DrawnPulse, DrawnText, PageDrawing } from './page-drawing.ts';
import type { ResolvedPageOptions } from './page-options.ts';
import type { Stroke } from './text-strokes.ts';
import { layoutCells, layoutRows, type PlannedCell } from './layout-cells.ts';
import { drawPulse, drawSeparator, pulseRoomMm } from './draw-marks.ts';
import { drawText } from './draw-text.ts';
import { spellLead } from './label-style.ts';

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
  const pulseRoom = options.pulse === 'none' ? 0 : pulseRoomMm(options);
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
    const { rows: chosen } = options.pulseStyle;
    for (let row = 0; row < rows; row++) {
      if ((chosen === 'first' && row > 0) || (chosen === 'last' && row < rows - 1)) continue;
      const edge = options.pulse === 'left' ? left : right;
      pulses.push(drawPulse(row, options.pulse, edge, firstBaseline + row * pitch, options));
    }
  }
  const texts: DrawnText[] = [];
  const small = { ...text, capMm: text.capMm * 0.85 };
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

  const drawnCells = cells.map(({ cell, label }): DrawnCell => {
    texts.push(...label);
    return { ...cell, labelBox: label[0]?.box ?? null };
  });
  const border = options.grid?.borderMm ?? 0;
  const blankTop = Math.max(0, Math.floor(((options.grid?.blankTopMm ?? 0) - border) / 5) * 5);
  return {
    cells: drawnCells,
    joints: options.joined ? drawJoints(drawnCells) : [],
    pulses,
    separators:
      options.separators === 'none'
        ? []
        : drawnCells.filter((c) => c.column > 0).map((c) => drawSeparator(c.x0, c.baselineY, pitch, options)),
    texts,
    gridBox: { x0: border, y0: border + blankTop, x1: paperWidth - border, y1: paperHeight - border },
  };
}

function drawCell(
  planned: PlannedCell,
  options: ResolvedPageOptions,
  left: number,
  baselineY: number,
  pitch: number,
): { cell: Omit<DrawnCell, 'labelBox'>; label: DrawnText[] } {
  const { fs, speedMmPerSecond: speed, text } = options;
  const chest = planned.role === 'lead' && planned.lead.startsWith('V');
  const gain = options.gainMmPerMillivolt * (chest ? options.chestGain : 1);
  const signal = options.signals.get(planned.lead);
  const firstSample = Math.round(planned.startSeconds * fs);
  const endSample = Math.round(planned.endSeconds * fs);
  const sourceSample = options.simultaneous ? 0 : firstSample;
  const needed = sourceSample + endSample - firstSample;
  if (!signal || signal.length < needed) {
    throw new RangeError(
      `drawPage: lead ${planned.lead} has ${signal?.length ?? 0} samples, the layout prints ${needed}`,
    );
  }
  const trace = new Float32Array(2 * (endSample - firstSample));
  const sign = planned.inverted ? -1 : 1;
  for (let k = firstSample; k < endSample; k++) {
    trace[2 * (k - firstSample)] = left + (k / fs) * speed;
    trace[2 * (k - firstSample) + 1] = baselineY - sign * signal[sourceSample + k - firstSample]! * gain;
  }
  const x0 = left + planned.startSeconds * speed;
  return {
    cell: {
      ...planned,
      trace,
      firstSample,
      endSample,
      sourceSample,
      x0,
      x1: left + planned.endSeconds * speed,
      baselineY,
      y0: baselineY - pitch / 2,
      y1: baselineY + pitch / 2,
    },
    label: text.labels ? drawLabel(planned, x0, baselineY, pitch, options) : [],
  };
}

/** The name of a lead at the start of its trace. */
function drawLabel(
  planned: PlannedCell,
  x0: number,
  baselineY: number,
  pitch: number,
  { text, labelStyle, pulse }: ResolvedPageOptions,
): DrawnText[] {
  const { spelling, place, offsetMm, indentMm } = labelStyle;
  const name = (planned.inverted ? '-' : '') + spellLead(planned.lead, spelling);
  const offset = offsetMm ?? Math.min(9, Math.max(3.2, 0.28 * pitch));
  if (place === 'above') return drawText(name, x0 + indentMm, baselineY - offset, text, 'left', 'lead-label');
  if (place === 'below') {
    return drawText(name, x0 + indentMm, baselineY + offset + text.capMm, text, 'left', 'lead-label');
  }
  // Names before the first column stand left of the calibration pulse when there is one.
  const room = place === 'before' && planned.column === 0 && pulse !== 'left' ? -indentMm : indentMm;
  const y = place === 'on-line' ? baselineY + text.capMm / 2 : baselineY - offset / 2;
  return drawText(name, x0 + room, y, text, room < 0 ? 'right' : 'left', 'lead-label');
}

/** The jumps between neighbouring leads of a row. */
function drawJoints(cells: readonly DrawnCell[]): Stroke[] {
  const joints: Stroke[] = [];
  for (const cell of cells) {
    const next = cells.find((other) => other.row === cell.row && other.column === cell.column + 1);
    if (next) joints.push(Float32Array.from([...cell.trace.slice(-2), ...next.trace.slice(0, 2)]));
  }
  return joints;
}

import { type InkClaims, LEFTOVER } from './ink-claims.ts';
import type { TraceEvidence } from './prepare-evidence.ts';

/** Where a row of leads may run, and what is known beforehand about it. */
export interface RowBand {
  /** First column and one past the last. */
  readonly x0: number;
  readonly x1: number;
  /** First row and one past the last. */
  readonly y0: number;
  readonly y1: number;
  /** Row of 0 mV per column, entry 0 at `x0`. */
  readonly baseline: Float32Array;
  /** 1 in columns where another lead begins: the line may jump there. */
  readonly jump: Uint8Array;
  readonly pxPerMm: number;
}

/** Price of one millimetre of bare paper walked along the row, in nats. */
const PAPER_PRICE = 40;
/** Least share of ink believed in anywhere. */
const LEAST_SHARE = 0.01;
/** Coverage taken as no ink and as full ink: soft edges between the legs of a peak are no way across. */
const NO_INK = 0.2;
const FULL_INK = 0.7;
/** What ink is worth once another row has explained it. */
const CLAIMED_SHARE = 0.1;
/** What visiting ink that nobody explains yet is worth per pixel. */
const LEFTOVER_REWARD = 1;
/** Price of a pixel that says nothing (hidden by a grid line, a label or a separator). */
const UNKNOWN_PRICE = 1.8;
/** Price of a millimetre up or down through ink and through paper. */
const CLIMB_INK = 0.04;
const CLIMB_PAPER = 3;
/** Coverage that is as good as full ink for climbing. */
const CLIMBABLE = 0.45;
/** Price per column of a millimetre away from the baseline. */
const AWAY_PRICE = 0.25;
/** Millimetres beyond which being away costs no more: tall peaks go far. */
const FAR_MM = 9;

/**
 * Follows one row of leads through the ink: the cheapest left-to-right path, a Viterbi search whose vertical moves are
 * paid by what they cross, ink (cheap) or paper (dear). Two running minima per column, one downwards and one upwards,
 * make it exact at O(width * height): a lower envelope (DOI 10.4086/toc.2012.v008a019) with a price per pixel.
 *
 * @param others bits of the rows whose claims count
 * @returns row of the path per column of the band
 */
export function followInk(
  evidence: TraceEvidence,
  band: RowBand,
  claims: InkClaims,
  others: number,
): Int16Array {
  const { coverage, certainty } = evidence;
  const claimed = claims.bits;
  const { x0, x1, y0, y1, pxPerMm } = band;
  const columns = x1 - x0;
  const rows = y1 - y0;
  const ink = coverage.data;
  const stroke = evidence.stroke.data;
  const sure = certainty.data;
  const width = coverage.width;
  const stepPrice = PAPER_PRICE / (-Math.log(LEAST_SHARE) * pxPerMm);
  const climbInk = CLIMB_INK / pxPerMm;
  const climbPaper = CLIMB_PAPER / pxPerMm;
  const awayPrice = AWAY_PRICE / (pxPerMm * pxPerMm);
  const far = FAR_MM * pxPerMm;
  const awayLimit = awayPrice * far;
  const origins = new Int16Array(columns * rows);
  const best = new Float64Array(rows);
  for (let column = 0; column < columns; column++) {
    const x = x0 + column;
    const origin = origins.subarray(column * rows, (column + 1) * rows);
    for (let row = 0; row < rows; row++) origin[row] = row;
    const free = band.jump[column] === 1 ? 0.05 : 1;
    let pixel = y0 * width + x;
    for (let row = 1; row < rows; row++) {
      pixel += width;
      const via = best[row - 1]! + free * (climbInk + climbPaper * bareness(ink[pixel]!));
      if (via < best[row]!) {
        best[row] = via;
        origin[row] = origin[row - 1]!;
      }
    }
    for (let row = rows - 2; row >= 0; row--) {
      pixel -= width;
      const via = best[row + 1]! + free * (climbInk + climbPaper * bareness(ink[pixel]!));
      if (via < best[row]!) {
        best[row] = via;
        origin[row] = origin[row + 1]!;
      }
    }
    const baseline = band.baseline[column]! - y0;
    pixel = y0 * width + x;
    for (let row = 0; row < rows; row++, pixel += width) {
      const inked = (stroke[pixel]! - NO_INK) / (FULL_INK - NO_INK);
      let share = inked >= 1 ? 1 : inked <= 0 ? LEAST_SHARE : LEAST_SHARE + (1 - LEAST_SHARE) * inked;
      if (share > CLAIMED_SHARE && (claimed[pixel]! & others) !== 0) share = CLAIMED_SHARE;
      const reward = claimed[pixel] === LEFTOVER && others !== 0 ? LEFTOVER_REWARD : 0;
      const known = sure[pixel]!;
      const away = row > baseline ? row - baseline : baseline - row;
      best[row]! +=
        stepPrice * (known * -Math.log(share) + (1 - known) * UNKNOWN_PRICE - reward) +
        (away > far ? awayLimit : awayPrice * away);
    }
  }
  return backtrack(origins, best, columns, rows, y0);
}

/** How bare a pixel is to climb through: a steep stroke may fill only half of each column it runs between. */
function bareness(share: number): number {
  return share >= CLIMBABLE ? 0 : 1 - share / CLIMBABLE;
}

function backtrack(
  origins: Int16Array,
  best: Float64Array,
  columns: number,
  rows: number,
  y0: number,
): Int16Array {
  let row = 0;
  for (let candidate = 1; candidate < rows; candidate++) if (best[candidate]! < best[row]!) row = candidate;
  const path = new Int16Array(columns);
  for (let column = columns - 1; column >= 0; column--) {
    path[column] = y0 + row;
    row = origins[column * rows + row]!;
  }
  return path;
}

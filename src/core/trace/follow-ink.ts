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
/** Price of a millimetre that a lead begins away from its baseline: it may begin within a wave, not on its neighbour's. */
const BEGIN_PRICE = 2;
/** Least price of a pixel, in nats, within this distance of another row's baseline: there that row runs, not this one. */
const FOREIGN_PRICE = 3.5;
const FOREIGN_MM = 1.2;
/** Millimetres beyond which being away costs no more: tall peaks go far. */
const FAR_MM = 9;

const STRIP = 16;
const LEVELS = 256;
const PRICES = priceTable();
const CLAIMED_PRICE = -Math.log(CLAIMED_SHARE);

/**
 * Follows one row of leads through the ink: the cheapest left-to-right path, a Viterbi search whose vertical moves are
 * paid by what they cross, ink (cheap) or paper (dear). Two running minima per column, one downwards and one upwards,
 * make it exact at O(width * height): a lower envelope (DOI 10.4086/toc.2012.v008a019) with a price per pixel.
 *
 * @param others bits of the rows whose claims count
 * @param neighbours the other rows of the page: along their baselines this row does not run
 * @returns row of the path per column of the band
 */
export function followInk(
  evidence: TraceEvidence,
  band: RowBand,
  claims: InkClaims,
  others: number,
  neighbours: readonly RowBand[] = [],
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
  const foreignPrice = stepPrice * FOREIGN_PRICE;
  const foreignReach = FOREIGN_MM * pxPerMm;
  const climbInk = CLIMB_INK / pxPerMm;
  const climbPaper = CLIMB_PAPER / pxPerMm;
  const awayPrice = AWAY_PRICE / (pxPerMm * pxPerMm);
  const far = FAR_MM * pxPerMm;
  const awayLimit = awayPrice * far;
  const origins = new Int16Array(columns * rows);
  const best = new Float64Array(rows);
  const joint = others !== 0;
  // Prices are laid out column by column, a strip at a time: reading rasters down a column misses every cache.
  const stay = new Float32Array(STRIP * rows);
  const climb = new Float32Array(STRIP * rows);
  for (let strip = 0; strip < columns; strip += STRIP) {
    const end = Math.min(columns, strip + STRIP);
    for (let row = 0; row < rows; row++) {
      for (let column = strip, at = row; column < end; column++, at += rows) {
        const pixel = (y0 + row) * width + x0 + column;
        const level = (stroke[pixel]! * LEVELS) | 0;
        let nats = PRICES[level < 0 ? 0 : level]!;
        if (joint) {
          const claim = claimed[pixel]!;
          if (claim === LEFTOVER) nats -= LEFTOVER_REWARD;
          else if (nats < CLAIMED_PRICE && (claim & others) !== 0) nats = CLAIMED_PRICE;
        }
        const known = sure[pixel]!;
        stay[at] = stepPrice * (known * nats + (1 - known) * UNKNOWN_PRICE);
        climb[at] = climbInk + climbPaper * bareness(ink[pixel]!);
      }
    }
    for (const neighbour of neighbours) {
      for (let column = strip; column < end; column++) {
        const at = x0 + column - neighbour.x0;
        if (at < 0 || at >= neighbour.baseline.length) continue;
        const centre = neighbour.baseline[at]! - y0;
        if (Math.abs(centre + y0 - band.baseline[column]!) < 2 * foreignReach) continue;
        const from = Math.max(0, Math.ceil(centre - foreignReach));
        const to = Math.min(rows - 1, Math.floor(centre + foreignReach));
        for (let row = from; row <= to; row++) {
          const slot = (column - strip) * rows + row;
          if (stay[slot]! < foreignPrice) stay[slot] = foreignPrice;
        }
      }
    }
    for (let column = strip; column < end; column++) {
      const origin = origins.subarray(column * rows, (column + 1) * rows);
      const free = band.jump[column] === 1 ? 0.05 : 1;
      const from = (column - strip) * rows;
      origin[0] = 0;
      for (let row = 1; row < rows; row++) {
        const via = best[row - 1]! + free * climb[from + row]!;
        const better = via < best[row]!;
        if (better) best[row] = via;
        origin[row] = better ? origin[row - 1]! : row;
      }
      for (let row = rows - 2; row >= 0; row--) {
        const via = best[row + 1]! + free * climb[from + row]!;
        if (via < best[row]!) {
          best[row] = via;
          origin[row] = origin[row + 1]!;
        }
      }
      const baseline = band.baseline[column]! - y0;
      const begin = column === 0 || band.jump[column] === 1 ? BEGIN_PRICE / pxPerMm : 0;
      for (let row = 0; row < rows; row++) {
        const away = row > baseline ? row - baseline : baseline - row;
        best[row]! += begin * away + stay[from + row]! + (away > far ? awayLimit : awayPrice * away);
      }
    }
  }
  return backtrack(origins, best, columns, rows, y0);
}

/** Price in nats of a pixel by its share of stroke, in `LEVELS` steps. */
function priceTable(): Float32Array {
  return Float32Array.from({ length: LEVELS + 2 }, (_, level) => {
    const inked = (level / LEVELS - NO_INK) / (FULL_INK - NO_INK);
    return -Math.log(Math.min(1, Math.max(LEAST_SHARE, LEAST_SHARE + (1 - LEAST_SHARE) * inked)));
  });
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

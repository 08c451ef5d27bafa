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
/** How bare paper is taken to be where something hides it, further than this from where a lead begins, millimetres. */
const HIDDEN_BARENESS = 0.05;
const BESIDE_JUMP_MM = 1.5;
/**
 * Coverage that is as good as full ink for climbing: a pen, a scanner and a copier all leave steep strokes paler. Where rows
 * take turns the pale edge of one stroke leads into another row's, and less is believed.
 */
const CLIMBABLE = 0.3;
const CLIMBABLE_IN_TURN = 0.45;
/** Price per column of a millimetre away from the baseline. */
const AWAY_PRICE = 0.25;
/** Price of a millimetre that a lead begins away from its baseline: it may begin within a wave, not on its neighbour's. */
const BEGIN_PRICE = 2;
/** What is left of it where the beginning is hidden. */
const HIDDEN_BEGIN = 0.1;
/** Least price of a pixel, in nats, within this distance of another row's baseline: there that row runs, not this one. */
const FOREIGN_PRICE = 3.5;
const FOREIGN_MM = 1.2;
/** Millimetres beyond which being away costs no more: tall peaks go far. */
const FAR_MM = 9;

/** Share of the price of climbing that is left where another lead begins. */
const JUMP_SHARE = 0.05;

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
  const { x0, x1, y0, y1, pxPerMm } = band;
  const columns = x1 - x0;
  const rows = y1 - y0;
  const stroke = evidence.stroke.data;
  const sure = certainty.data;
  const width = coverage.width;
  const floors = hiddenFloors(band);
  const climbable = climbableShare(others);
  const prices = trackPrices(pxPerMm);
  const { stepPrice, climbInk, climbPaper, awayPrice, far, awayLimit, beginPrice } = prices;
  const foreignPrice = stepPrice * FOREIGN_PRICE;
  const foreignReach = FOREIGN_MM * pxPerMm;
  const origins = new Int16Array(columns * rows);
  const best = new Float64Array(rows);
  // Prices are laid out column by column, a strip at a time: reading rasters down a column misses every cache.
  const stay = new Float32Array(STRIP * rows);
  const climb = new Float32Array(STRIP * rows);
  for (let strip = 0; strip < columns; strip += STRIP) {
    const end = Math.min(columns, strip + STRIP);
    for (let row = 0; row < rows; row++) {
      const pixel = (y0 + row) * width + x0 + strip;
      priceStay(stay, row, rows, end - strip, stroke, sure, claims.bits, others, pixel, stepPrice);
      priceClimb(
        climb,
        row,
        rows,
        end - strip,
        coverage.data,
        sure,
        floors,
        climbable,
        strip,
        pixel,
        climbInk,
        climbPaper,
      );
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
      const jump = band.jump[column] === 1;
      const from = (column - strip) * rows;
      comeDown(best, origins, column * rows, climb, from, rows, jump ? JUMP_SHARE : 1);
      comeUp(best, origins, column * rows, climb, from, rows, jump ? JUMP_SHARE : 1);
      const baseline = band.baseline[column]! - y0;
      if (column === 0 || jump)
        payBegin(best, sure, y0 * width + x0 + column, width, rows, baseline, beginPrice);
      payStay(best, stay, from, rows, baseline, far, awayPrice, awayLimit);
    }
  }
  return backtrack(origins, best, columns, rows, y0);
}

/** What it costs to run through a page of so many pixels per millimetre. */
export interface TrackPrices {
  /** Per column, for a nat of doubt about a pixel. */
  readonly stepPrice: number;
  /** Per row up or down, through ink and through paper in addition. */
  readonly climbInk: number;
  readonly climbPaper: number;
  /** Per row and column away from the baseline, up to `far` rows, where it has become `awayLimit`. */
  readonly awayPrice: number;
  readonly far: number;
  readonly awayLimit: number;
  /** Per row away from the baseline where a lead begins. */
  readonly beginPrice: number;
}

export function trackPrices(pxPerMm: number): TrackPrices {
  const awayPrice = AWAY_PRICE / (pxPerMm * pxPerMm);
  const far = FAR_MM * pxPerMm;
  return {
    stepPrice: PAPER_PRICE / (-Math.log(LEAST_SHARE) * pxPerMm),
    climbInk: CLIMB_INK / pxPerMm,
    climbPaper: CLIMB_PAPER / pxPerMm,
    awayPrice,
    far,
    awayLimit: awayPrice * far,
    beginPrice: BEGIN_PRICE / pxPerMm,
  };
}

/** Price in nats of a pixel by its share of stroke, in `LEVELS` steps. */
function priceTable(): Float32Array {
  return Float32Array.from({ length: LEVELS + 2 }, (_, level) => {
    const inked = (level / LEVELS - NO_INK) / (FULL_INK - NO_INK);
    return -Math.log(Math.min(1, Math.max(LEAST_SHARE, LEAST_SHARE + (1 - LEAST_SHARE) * inked)));
  });
}

// The loops below are functions of their own, called many times per page: a page-long loop would be compiled anew, on the
// run, for every page.

/** Prices of `count` pixels from `pixel` on to be passed, written to every `step`th slot from `at` on. */
export function priceStay(
  stay: Float32Array,
  at: number,
  step: number,
  count: number,
  stroke: Float32Array,
  sure: Float32Array,
  claimed: Uint16Array,
  others: number,
  pixel: number,
  stepPrice: number,
): void {
  for (const end = pixel + count; pixel < end; pixel++, at += step) {
    const level = (stroke[pixel]! * LEVELS) | 0;
    let nats = PRICES[level < 0 ? 0 : level]!;
    if (others !== 0) {
      const claim = claimed[pixel]!;
      if ((claim & others) !== 0) {
        if (nats < CLAIMED_PRICE) nats = CLAIMED_PRICE;
      } else if ((claim & LEFTOVER) !== 0) nats -= LEFTOVER_REWARD;
    }
    const known = sure[pixel]!;
    stay[at] = stepPrice * (known * nats + (1 - known) * UNKNOWN_PRICE);
  }
}

/**
 * How bare what is hidden is taken to be for climbing, per column of a band: a complex may go on under a name, but under a
 * separator the change from one lead to the next would then be anywhere.
 */
export function hiddenFloors({ jump, pxPerMm }: RowBand): Float32Array {
  const floors = new Float32Array(jump.length).fill(HIDDEN_BARENESS);
  const reach = Math.round(BESIDE_JUMP_MM * pxPerMm);
  jump.forEach((isJump, column) => {
    if (isJump || column === 0) floors.fill(1, Math.max(0, column - reach), column + reach + 1);
  });
  return floors;
}

/** Coverage that is as good as full ink for climbing, by the bits of the rows that have their say. */
export function climbableShare(others: number): number {
  return others === 0 ? CLIMBABLE : CLIMBABLE_IN_TURN;
}

/** The same to be climbed through: a steep stroke may fill only half of each column it runs between. `floors` from `column` on. */
export function priceClimb(
  climb: Float32Array,
  at: number,
  step: number,
  count: number,
  ink: Float32Array,
  sure: Float32Array,
  floors: Float32Array,
  climbable: number,
  column: number,
  pixel: number,
  climbInk: number,
  climbPaper: number,
): void {
  for (const end = pixel + count; pixel < end; pixel++, at += step, column++) {
    const share = ink[pixel]!;
    const bareness = share >= climbable ? 0 : 1 - share / climbable;
    climb[at] = climbInk + climbPaper * bareness * Math.max(floors[column]!, sure[pixel]!);
  }
}

/** Cheapest way to every row of a column (slots from `at` on) from the rows above it. */
function comeDown(
  best: Float64Array,
  origins: Int16Array,
  at: number,
  climb: Float32Array,
  from: number,
  rows: number,
  free: number,
): void {
  let above = best[0]!;
  let origin = 0;
  origins[at] = 0;
  for (let row = 1; row < rows; row++) {
    const via = above + free * climb[from + row]!;
    above = best[row]!;
    if (via < above) {
      above = via;
      best[row] = via;
    } else origin = row;
    origins[at + row] = origin;
  }
}

/** The same from the rows below, where that is cheaper. */
function comeUp(
  best: Float64Array,
  origins: Int16Array,
  at: number,
  climb: Float32Array,
  from: number,
  rows: number,
  free: number,
): void {
  let below = best[rows - 1]!;
  let origin = origins[at + rows - 1]!;
  for (let row = rows - 2; row >= 0; row--) {
    const via = below + free * climb[from + row]!;
    below = best[row]!;
    if (via < below) {
      below = via;
      best[row] = via;
      origins[at + row] = origin;
    } else origin = origins[at + row]!;
  }
}

/** Adds what it costs that a lead begins away from its baseline: less under a separator, where nothing tells where it does. */
function payBegin(
  best: Float64Array,
  sure: Float32Array,
  pixel: number,
  width: number,
  rows: number,
  baseline: number,
  beginPrice: number,
): void {
  for (let row = 0; row < rows; row++, pixel += width) {
    best[row]! += beginPrice * Math.max(HIDDEN_BEGIN, sure[pixel]!) * Math.abs(row - baseline);
  }
}

/** Adds what it costs to be in a column's rows. */
export function payStay(
  best: Float64Array,
  stay: Float32Array,
  from: number,
  rows: number,
  baseline: number,
  far: number,
  awayPrice: number,
  awayLimit: number,
): void {
  for (let row = 0; row < rows; row++) {
    const away = row > baseline ? row - baseline : baseline - row;
    best[row]! += stay[from + row]! + (away > far ? awayLimit : awayPrice * away);
  }
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

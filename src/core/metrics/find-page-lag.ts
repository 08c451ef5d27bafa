import { LEAD_NAMES } from '../../shared/lead-name.ts';
import type { LeadTable } from './lead-table.ts';
import { resampleToClock } from './resample-to-clock.ts';
import { ascending } from '../../shared/ascending.ts';

/** How a page's signals lie on signals that are known of it. */
export interface PageLag {
  /** Seconds by which the known signals are later than the page: page time 0 is their second `lagSeconds`. */
  readonly lagSeconds: number;
  /** Correlation at that lag, over all leads together, -1..1. */
  readonly correlation: number;
  /** Median over the leads of what the page lies above the known signals, millivolts. */
  readonly offsetMillivolts: number;
}

/** Enough to place a QRS within 5 ms, after the parabola. */
const SEARCH_FS = 100;
/** Leads must overlap by this much to count. */
const LEAST_SECONDS = 1;

/**
 * Finds when in a longer record a page was printed: the lag at which all leads together correlate best, by normalised
 * cross-correlation of the samples both know. 10 s against 10 s with lags up to 10 s takes about 60 ms.
 *
 * @returns null when no lag lets them overlap by a second
 */
export function findPageLag(known: LeadTable, page: LeadTable, maxLagSeconds: number): PageLag | null {
  const leads = LEAD_NAMES.flatMap((lead) => {
    const [k, p] = [known.leads.get(lead), page.leads.get(lead)];
    return k && p ? [{ known: coarse(k, known), page: coarse(p, page) }] : [];
  });
  if (leads.length === 0) return null;
  const most = Math.round(maxLagSeconds * SEARCH_FS);
  const scores = new Float64Array(2 * most + 1);
  let best = -1;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = correlationAt(leads, i - most);
    const nearer = best < 0 || Math.abs(i - most) < Math.abs(best - most);
    if (best < 0 || scores[i]! > scores[best]! + 1e-9 || (scores[i]! > scores[best]! - 1e-9 && nearer))
      best = i;
  }
  if (!(scores[best]! > -Infinity)) return null;
  const [before, at, after] = [scores[best - 1] ?? NaN, scores[best]!, scores[best + 1] ?? NaN];
  const bend = before - 2 * at + after;
  const shift = bend < 0 && Number.isFinite(bend) ? (before - after) / (2 * bend) : 0;
  const lag = best - most;
  const offsets = leads.flatMap((lead) => offsetAt(lead, lag) ?? []).sort(ascending);
  return {
    lagSeconds: (lag + shift) / SEARCH_FS,
    correlation: at,
    offsetMillivolts: offsets[offsets.length >> 1] ?? 0,
  };
}

interface CoarseLead {
  readonly known: Float64Array;
  readonly page: Float64Array;
}

/** Samples on the search's clock from second 0 on. */
function coarse(values: Float32Array, { fs, startSeconds }: LeadTable): Float64Array {
  const count = Math.max(0, Math.floor((startSeconds + values.length / fs) * SEARCH_FS));
  return resampleToClock(values, { fs, startSeconds }, { fs: SEARCH_FS, startSeconds: 0, count });
}

/** Each lead freed of its own mean, all leads in one sum. */
function correlationAt(leads: readonly CoarseLead[], lag: number): number {
  let product = 0;
  let knownPower = 0;
  let pagePower = 0;
  let samples = 0;
  for (const { known, page } of leads) {
    let [n, sk, sp, skk, spp, skp] = [0, 0, 0, 0, 0, 0];
    for (let i = Math.max(0, -lag); i < page.length && i + lag < known.length; i++) {
      const k = known[i + lag]!;
      const p = page[i]!;
      if (k !== k || p !== p) continue;
      n++;
      sk += k;
      sp += p;
      skk += k * k;
      spp += p * p;
      skp += k * p;
    }
    if (n < LEAST_SECONDS * SEARCH_FS) continue;
    samples += n;
    product += skp - (sk * sp) / n;
    knownPower += skk - (sk * sk) / n;
    pagePower += spp - (sp * sp) / n;
  }
  const scale = Math.sqrt(knownPower * pagePower);
  return samples > 0 && scale > 0 ? product / scale : -Infinity;
}

function offsetAt({ known, page }: CoarseLead, lag: number): number | null {
  const differences: number[] = [];
  for (let i = Math.max(0, -lag); i < page.length && i + lag < known.length; i++) {
    const difference = page[i]! - known[i + lag]!;
    if (difference === difference) differences.push(difference);
  }
  differences.sort(ascending);
  return differences[differences.length >> 1] ?? null;
}

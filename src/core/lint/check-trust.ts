import type { LeadSignal } from '../signal/lead-signal.ts';
import type { Finding } from './finding.ts';
import { knownSpan } from './stretch.ts';

const LOW_TRUST = 0.5;
const DOUBTFUL_SHARE = 0.12;
/** Doubtful pieces nearer than this are one place to look at. */
const JOIN_SECONDS = 0.1;
/** From this many leads on the page as a whole is hard to see, and said so once. */
const WHOLE_PAGE_LEADS = 5;

/** Names leads of which much was bridged, missing or hard to see, with the longest such place in each. */
export function checkTrust(signals: readonly LeadSignal[]): Finding[] {
  const single = doubtfulLeads(signals);
  if (single.length < WHOLE_PAGE_LEADS) return single;
  return [
    {
      code: 'page-doubtful',
      severity: 'warning',
      message: `Much of ${single.length} of ${signals.length} leads was bridged or hard to see: check the whole page.`,
      leads: [...new Set(single.flatMap((finding) => finding.leads))],
      startSeconds: null,
      endSeconds: null,
      value: Math.max(...single.map((finding) => finding.value ?? 0)),
    },
  ];
}

function doubtfulLeads(signals: readonly LeadSignal[]): Finding[] {
  return signals.flatMap((signal) => {
    const span = knownSpan(signal);
    if (!span) return [];
    const { fs, startSeconds, millivolts, confidence } = signal;
    const first = Math.round((span.start - startSeconds) * fs);
    const end = Math.round((span.end - startSeconds) * fs);
    let doubtful = 0;
    let from = -1;
    let last = -1;
    let longest = { from: first, to: first };
    for (let k = first; k < end; k++) {
      if (millivolts[k]! === millivolts[k]! && confidence[k]! >= LOW_TRUST) continue;
      doubtful++;
      if (last < 0 || k - last > JOIN_SECONDS * fs) from = k;
      last = k;
      if (k + 1 - from > longest.to - longest.from) longest = { from, to: k + 1 };
    }
    const share = doubtful / (end - first);
    if (share <= DOUBTFUL_SHARE) return [];
    return [
      {
        code: 'trace-doubtful',
        severity: 'warning',
        message: `${Math.round(100 * share)} % of lead ${signal.lead} was bridged or hard to see: check it.`,
        leads: [signal.lead],
        startSeconds: startSeconds + longest.from / fs,
        endSeconds: startSeconds + longest.to / fs,
        value: share,
      },
    ];
  });
}

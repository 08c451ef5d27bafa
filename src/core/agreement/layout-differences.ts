import type { Layout, LeadCell } from '../lead/layout.ts';

/** What two readings say otherwise of a lead: its name, scale, direction and ends, in words. */
export function layoutDifferences(
  [first, second]: readonly [Layout, Layout],
  a: LeadCell | null,
  b: LeadCell | null,
): string[] {
  if (!a || !b) return [`only ${a ? 'the first' : 'the second'} has this lead`];
  const pairs: readonly [string, string | number, string | number, string][] = [
    ['named', a.lead, b.lead, ''],
    [
      'gain',
      a.gainMmPerMillivolt ?? first.gainMmPerMillivolt,
      b.gainMmPerMillivolt ?? second.gainMmPerMillivolt,
      ' mm/mV',
    ],
    ['speed', first.speedMmPerSecond, second.speedMmPerSecond, ' mm/s'],
    ['begins at', a.startSeconds.toFixed(2), b.startSeconds.toFixed(2), ' s'],
    ['ends at', a.endSeconds.toFixed(2), b.endSeconds.toFixed(2), ' s'],
    ['is', a.inverted ? 'turned over' : 'upright', b.inverted ? 'turned over' : 'upright', ''],
    ['counts as', a.role, b.role, ''],
  ];
  return pairs.flatMap(([what, one, other, unit]) =>
    one === other ? [] : [`${what} ${one} and ${other}${unit}`],
  );
}

import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';
import type { LayoutKind } from '../../lead/layout.ts';
import type { PageOptions, SeparatorKind } from '../page/page-options.ts';
import type { LabelSpelling } from '../page/label-style.ts';
import type { PulseStyle } from '../page/pulse-style.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';

/** What is printed where and at what scale. */
export type RandomLayout = Required<
  Pick<
    PageOptions,
    | 'layout'
    | 'cabrera'
    | 'rhythmLeads'
    | 'seconds'
    | 'speedMmPerSecond'
    | 'gainMmPerMillivolt'
    | 'paperMm'
    | 'pulse'
    | 'pulseStyle'
    | 'separators'
    | 'separatorMm'
    | 'joined'
    | 'simultaneous'
    | 'chestGain'
    | 'labelStyle'
    | 'rowSpread'
    | 'scale'
    | 'dpi'
  >
>;

const LAYOUT_WEIGHTS: Record<LayoutKind, number> = {
  '3x4': 14,
  '3x4+1': 30,
  '3x4+2': 5,
  '3x4+3': 9,
  '6x2': 12,
  '6x2+1': 7,
  '12x1': 8,
  '4x3': 3,
  '6x1': 4,
  '3x1': 3,
  strip: 5,
};
/** Sheets in millimetres; strips are cut from rolls. */
const SHEETS: readonly (readonly [number, number])[] = [
  [279.4, 215.9],
  [297, 210],
  [297, 210],
  [280, 183],
  [300, 210],
  [355.6, 215.9],
  [420, 297],
  [215.9, 279.4],
  [210, 297],
  [210, 140],
];
const EDGE_MM = 8;

/**
 * A layout with its variants, on paper that has room for it.
 *
 * @param available seconds of recording there are
 */
export function randomLayout(random: Random, available: number): RandomLayout {
  const layout = pickWeighted(random, LAYOUT_WEIGHTS);
  const speedMmPerSecond = Number(pickWeighted(random, { '25': 84, '50': 15, '12.5': 1 }));
  const pulse = pickWeighted(random, { left: 58, right: 16, none: 26 });
  const pulseStyle = randomPulse(random);
  const simultaneous = layout !== 'strip' && random.chance(0.12);
  const room = 2 * EDGE_MM + 2 * pulseStyle.footMm + pulseStyle.gapMm + 0.4 * speedMmPerSecond;
  const sheet = random.pick(SHEETS);
  const fits = (sheet[0] - room) / speedMmPerSecond;
  // Rows end on a whole half second, as devices print them.
  const longest = Math.floor(2 * Math.min(available, fits)) / 2;
  const seconds = random.chance(0.75)
    ? longest
    : Math.max(2, Math.floor(2 * longest * random.uniform(0.5, 1)) / 2);
  return {
    layout,
    cabrera: random.chance(0.1),
    rhythmLeads: randomRhythm(random),
    seconds,
    speedMmPerSecond,
    gainMmPerMillivolt: Number(pickWeighted(random, { '10': 80, '5': 10, '20': 10 })),
    paperMm: paperFor(random, layout, sheet),
    pulse,
    pulseStyle,
    separators: pickWeighted<SeparatorKind>(random, {
      none: 45,
      bar: 22,
      'double-dash': 12,
      dotted: 11,
      tick: 10,
    }),
    separatorMm: random.uniform(0.15, 0.8),
    joined: random.chance(0.4),
    simultaneous,
    chestGain: random.chance(0.05) ? 0.5 : 1,
    labelStyle: {
      spelling: pickWeighted<LabelSpelling>(random, {
        standard: 82,
        upper: 7,
        lower: 4,
        'd-limb': 4,
        'c-chest': 3,
      }),
      place: pickWeighted(random, { above: 55, below: 25, before: 12, 'on-line': 8 }),
      offsetMm: random.chance(0.4) ? null : random.uniform(0.5, 9),
      indentMm: random.uniform(0, 4),
    },
    rowSpread: random.chance(0.35) ? 1 : random.uniform(0.3, 1),
    scale: randomScale(random),
    dpi: randomDpi(random),
  };
}

function randomPulse(random: Random): PulseStyle {
  return {
    footMm: random.chance(0.2) ? 0 : random.uniform(0.4, 3),
    gapMm: random.chance(0.3) ? 0 : random.uniform(0.2, 3),
    widthSeconds: random.chance(0.8) ? 0.2 : random.uniform(0.08, 0.2),
    halfStep: random.chance(0.06),
    rows: pickWeighted(random, { every: 88, first: 6, last: 6 }),
  };
}

function randomRhythm(random: Random): LeadName[] {
  if (random.chance(0.6)) return ['II', 'V1', 'V5'];
  const leads = [...LEAD_NAMES];
  return [0, 1, 2].map(() => leads.splice(random.integer(0, leads.length - 1), 1)[0]!);
}

function paperFor(
  random: Random,
  layout: LayoutKind,
  [width, height]: readonly [number, number],
): readonly [number, number] {
  if (layout === 'strip') return [width, random.uniform(40, 90)];
  if (layout === '3x1') return [width, random.uniform(70, 150)];
  // Many pages come to us cut to the recording.
  if (random.chance(0.2)) return [width, Math.max(90, height * random.uniform(0.55, 0.95))];
  return [width, height];
}

function randomScale(random: Random): readonly [number, number] {
  if (random.chance(0.7)) return [1, 1];
  if (random.chance(0.8)) return [1 + random.normal(0, 0.012), 1 + random.normal(0, 0.012)];
  return random.chance(0.5) ? [1, random.uniform(1.03, 1.3)] : [random.uniform(1.03, 1.3), 1];
}

function randomDpi(random: Random): number {
  const range = pickWeighted(random, { low: 16, usual: 58, fine: 21, finest: 5 });
  if (range === 'low') return random.uniform(90, 150);
  if (range === 'usual') return random.chance(0.4) ? 200 : random.uniform(150, 250);
  return range === 'fine' ? random.uniform(250, 330) : random.uniform(330, 600);
}

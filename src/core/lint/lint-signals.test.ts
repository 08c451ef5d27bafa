import { describe, expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { Layout, LayoutKind } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { ECG_KINDS, randomEcg, type EcgKind } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { layoutCells } from '../synthesis/page/layout-cells.ts';
import { createRandom } from '../synthesis/random.ts';
import { lintSignals } from './lint-signals.ts';
import { quantile } from './stretch.ts';

const FS = 500;
const PULSE = { box: { x0: 0, y0: 0, x1: 40, y1: 80 }, heightMm: 10, widthMm: 5, side: 'left' as const };

interface TestPage {
  signals: LeadSignal[];
  layout: Layout;
}

/** A perfectly digitized page of a simulated heart: each cell freed of its own median, as the digitizer does it. */
function perfectPage(kind: LayoutKind, ecgKind: EcgKind = 'normal', seed = 3): TestPage {
  const random = createRandom(seed);
  const ecg = simulateEcg(randomEcg(random, ecgKind), { seconds: 10, fs: FS, random });
  const cells = layoutCells(kind, { seconds: 10 });
  const signals = cells.map(({ id, lead, role, startSeconds, endSeconds }): LeadSignal => {
    const piece = ecg.leads.get(lead)!.slice(Math.round(startSeconds * FS), Math.round(endSeconds * FS));
    const middle = quantile(piece, 0.5);
    return {
      cellId: id,
      lead,
      role,
      startSeconds: Math.round(startSeconds * FS) / FS,
      fs: FS,
      millivolts: piece.map((value) => value - middle),
      confidence: new Float32Array(piece.length).fill(0.95),
    };
  });
  const layout: Layout = {
    kind,
    cabrera: false,
    cells: cells.map((cell) => ({
      ...cell,
      x0: 0,
      x1: 100,
      y0: 0,
      y1: 100,
      baselineY: 50,
      labelBox: null,
      labelSource: 'layout',
      confidence: 1,
    })),
    pulses: [0, 1, 2].map((row) => ({ ...PULSE, row })),
    text: [],
    separators: [],
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    speedSource: 'text',
    gainSource: 'text',
  };
  return { signals, layout };
}

const lint = ({ signals, layout }: TestPage) => lintSignals(signals, layout);
const codes = (page: TestPage) => lint(page).map((finding) => finding.code);

/** The page with one lead changed (its short cell, or the cell of the given role). */
function change(
  page: TestPage,
  lead: LeadName,
  edit: (mv: Float32Array) => Float32Array,
  role = 'lead',
): TestPage {
  return {
    ...page,
    signals: page.signals.map((signal) =>
      signal.lead === lead && signal.role === role
        ? { ...signal, millivolts: edit(Float32Array.from(signal.millivolts)) }
        : signal,
    ),
  };
}
const scale = (factor: number) => (mv: Float32Array) => mv.map((value) => value * factor);

function swap(page: TestPage, a: LeadName, b: LeadName): TestPage {
  const other: Partial<Record<LeadName, LeadName>> = { [a]: b, [b]: a };
  return {
    ...page,
    signals: page.signals.map((signal) =>
      signal.role === 'lead' ? { ...signal, lead: other[signal.lead] ?? signal.lead } : signal,
    ),
  };
}

describe('lintSignals on clean pages', () => {
  it.each(['3x4', '3x4+1', '3x4+3', '6x2', '6x2+1', '12x1', '4x3', '6x1', 'strip'] as const)(
    'finds nothing on %s',
    (kind) => {
      expect(lint(perfectPage(kind))).toEqual([]);
    },
  );

  it.each(ECG_KINDS)('finds nothing wrong with %s', (kind) => {
    for (let seed = 1; seed <= 4; seed++) {
      const findings = lint(perfectPage('3x4+1', kind, seed));
      // A limb lead across the axis may be nearly flat: worth a word, not a warning.
      expect(findings.filter((finding) => finding.severity !== 'info')).toEqual([]);
      expect(findings.every((finding) => finding.code === 'amplitude-low')).toBe(true);
    }
  });

  it('bears the noise of good tracings', () => {
    const random = createRandom(8);
    const page = perfectPage('3x4+1');
    const noisy = {
      ...page,
      signals: page.signals.map((signal) => ({
        ...signal,
        millivolts: signal.millivolts.map((value) => value + random.normal(0, 0.02)),
      })),
    };
    expect(lint(noisy)).toEqual([]);
  });
});

describe('lintSignals on limb leads', () => {
  it('names an inverted lead when all six stand together', () => {
    for (const lead of ['I', 'II', 'aVL', 'aVF'] as const) {
      const [finding] = lint(change(perfectPage('6x2'), lead, scale(-1)));
      expect(finding).toMatchObject({
        code: 'limb-leads-disagree',
        leads: [lead],
        startSeconds: 0,
        endSeconds: 5,
      });
      expect(finding!.message).toContain(`Lead ${lead} looks upside down`);
    }
  });

  it('names swapped leads when all six stand together', () => {
    const [finding] = lint(swap(perfectPage('12x1'), 'II', 'aVF'));
    expect(finding!.message).toContain('Leads II and aVF look swapped');
    expect(finding!.value).toBeGreaterThan(0.5);
  });

  it('names a lead at another gain', () => {
    const [finding] = lint(change(perfectPage('6x2'), 'II', scale(2)));
    expect(finding!.message).toContain('Lead II looks 2.0 times too large');
    expect(lint(change(perfectPage('6x2'), 'I', scale(0.5)))[0]!.message).toContain('Lead I looks 0.5 times');
  });

  it('lists what three leads alone cannot tell apart', () => {
    const findings = lint(swap(perfectPage('3x4'), 'I', 'II'));
    expect(findings.map((finding) => finding.code)).toEqual(['limb-leads-disagree']);
    expect(findings[0]!.message).toMatch(/leads I and II look swapped/i);
    expect(findings[0]!.message).toMatch(/lead III looks upside down/i);
  });

  it('uses the rhythm strip to check augmented leads', () => {
    const page = swap(perfectPage('3x4+1'), 'aVR', 'aVF');
    const [finding] = lint(page);
    expect(finding).toMatchObject({ code: 'limb-leads-disagree', startSeconds: 2.5, endSeconds: 5 });
    expect(finding!.message).toContain('aVF - aVR = 1.5 II');
  });

  it('does not blame leads for a strip recorded at another time', () => {
    const late = change(
      perfectPage('3x4+1'),
      'II',
      (mv) => mv.map((_, k) => mv[(k + 170) % mv.length]!),
      'rhythm',
    );
    expect(codes(late)).not.toContain('limb-leads-disagree');
  });

  it('points at a lead that is nonsense', () => {
    const random = createRandom(1);
    const [finding] = lint(change(perfectPage('6x2'), 'aVL', (mv) => mv.map(() => random.normal(0, 0.3))));
    expect(finding!.leads).toEqual(['aVL']);
    expect(finding!.message).toContain('Lead aVL looks mistraced');
  });
});

describe('lintSignals on single leads', () => {
  const page = perfectPage('3x4+1');
  const first = (edited: TestPage, code: string) => lint(edited).find((finding) => finding.code === code);

  it('compares a rhythm strip with its short lead', () => {
    expect(codes(change(page, 'II', scale(-1), 'rhythm'))).toContain('rhythm-inverted');
    expect(first(change(page, 'II', scale(0.5), 'rhythm'), 'rhythm-gain')!.message).toContain(
      '2.0 times as large',
    );
    const other = page.signals.find((signal) => signal.lead === 'V1')!.millivolts;
    const strip = change(page, 'II', (mv) => mv.map((_, k) => other[k % other.length]!), 'rhythm');
    expect(first(strip, 'rhythm-mismatch')!.leads).toEqual(['II']);
  });

  it('sees leads of odd length', () => {
    const short = change(page, 'V3', (mv) => mv.fill(NaN, 800));
    expect(first(short, 'duration-odd')).toMatchObject({ leads: ['V3'], startSeconds: 5, endSeconds: 6.6 });
    expect(first(short, 'duration-odd')!.message).toContain('1.6 s long, the other leads 2.5 s');
  });

  it('names a column that ends early once', () => {
    let cut = page;
    for (const lead of ['V4', 'V5', 'V6'] as const) cut = change(cut, lead, (mv) => mv.fill(NaN, 1000));
    expect(lint(cut)).toMatchObject([
      { code: 'duration-odd', leads: ['V4', 'V5', 'V6'], startSeconds: 7.5, endSeconds: 9.5 },
    ]);
  });

  it('sees flat, tiny and huge leads', () => {
    expect(codes(change(page, 'V2', (mv) => mv.fill(0.2)))).toEqual(['lead-flat']);
    expect(codes(change(page, 'V2', scale(0.05)))).toEqual(['amplitude-low']);
    expect(codes(change(page, 'V2', scale(5)))).toEqual(['amplitude-high']);
  });

  it('sees clipped peaks', () => {
    const clipped = change(perfectPage('3x4', 'wide-qrs'), 'V5', (mv) => mv.map((v) => Math.min(2 * v, 0.9)));
    expect(first(clipped, 'lead-clipped')!.message).toBe('Lead V5 is cut off above 0.9 mV.');
  });

  it('sees a trace that begins on a separator', () => {
    const jumped = change(page, 'V1', (mv) => mv.map((value, k) => (k < 12 ? 0.8 : value)));
    expect(first(jumped, 'start-jump')).toMatchObject({ leads: ['V1'], startSeconds: 5 });
  });

  it('sends people to the doubtful place', () => {
    const doubtful = {
      ...page,
      signals: page.signals.map((signal) =>
        signal.lead === 'aVF'
          ? { ...signal, confidence: signal.confidence.slice().fill(0.1, 500, 800) }
          : signal,
      ),
    };
    const [finding] = lint(doubtful);
    expect(finding).toMatchObject({
      code: 'trace-doubtful',
      leads: ['aVF'],
      startSeconds: 3.5,
      endSeconds: 4.1,
    });
    expect(finding!.value).toBeCloseTo(0.24, 5);
  });
});

describe('lintSignals on whole pages', () => {
  it('says once that a page is hard to see', () => {
    const page = perfectPage('3x4');
    const faint = {
      ...page,
      signals: page.signals.map((signal) => ({
        ...signal,
        confidence: signal.confidence.slice().fill(0.2, 0, 600),
      })),
    };
    const [finding, ...others] = lint(faint);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'page-doubtful', value: expect.closeTo(0.48, 5) as number });
    expect(finding!.message).toContain('12 of 12 leads');
  });
});

describe('lintSignals on scale', () => {
  it('compares pulse and gain', () => {
    const page = perfectPage('3x4');
    const halved = { ...page, layout: { ...page.layout, gainMmPerMillivolt: 5 } };
    expect(lint(halved)[0]!.message).toBe(
      'The calibration pulse is 10.0 mm high, but the page is read at 5 mm/mV.',
    );
    const pulses = page.layout.pulses.map((pulse) => (pulse.row === 1 ? { ...pulse, heightMm: 5 } : pulse));
    const [odd] = lint({ ...page, layout: { ...page.layout, pulses } });
    expect(odd).toMatchObject({ code: 'pulse-odd', leads: ['II', 'aVL', 'V2', 'V5'], value: 5 });
  });

  it('compares the width of the pulse with a speed that nobody stated', () => {
    const page = perfectPage('3x4');
    const pulses = page.layout.pulses.map((pulse) => ({ ...pulse, widthMm: 10.1 }));
    const lintAs = (speedSource: Layout['speedSource']) =>
      lint({ ...page, layout: { ...page.layout, pulses, speedSource } });
    expect(lintAs('default')[0]).toMatchObject({
      code: 'pulse-speed',
      value: expect.closeTo(10.1, 9) as number,
    });
    expect(lintAs('default')[0]!.message).toContain('may run at 50 mm/s');
    expect(lintAs('text')).toEqual([]);
  });

  it('doubts the speed when the heart rate is impossible', () => {
    const page = perfectPage('12x1', 'tachycardia');
    const hurried = { ...page, signals: page.signals.map((signal) => ({ ...signal, fs: 2 * FS })) };
    expect(codes(hurried)).toContain('heart-rate-odd');
    const slowed = perfectPage('12x1', 'bradycardia');
    const signals = slowed.signals.map((signal) => ({ ...signal, fs: FS / 2.5 }));
    expect(codes({ ...slowed, signals })).toContain('heart-rate-odd');
  });

  it('misses the beats of a page of noise', () => {
    const page = perfectPage('12x1');
    const signals = page.signals.map((signal) => ({
      ...signal,
      millivolts: signal.millivolts.map((_, k) => 0.2 * Math.sin((k / FS) * 2)),
    }));
    expect(codes({ ...page, signals })).toContain('no-beats');
  });
});

import { describe, expect, it } from 'vitest';
import { axisOf } from './axis.ts';
import { histogramSvg } from './histogram-svg.ts';
import { scoreReportHtml } from './score-report-html.ts';
import { signalSvg } from './signal-svg.ts';

describe('axisOf', () => {
  it.each([
    [
      [0.3, 9.2],
      ['0', '2', '4', '6', '8', '10'],
    ],
    [
      [-0.012, 0.03],
      ['-0.02', '-0.01', '0.00', '0.01', '0.02', '0.03'],
    ],
    [
      [7, 7],
      ['6.4', '6.6', '6.8', '7.0', '7.2', '7.4', '7.6'],
    ],
  ] as const)('has round ticks around %j', (range, texts) => {
    const { ticks, at } = axisOf([range[0], range[1]], [0, 100], 5);
    expect(ticks.map(({ text }) => text)).toEqual(texts);
    expect(at(ticks[0]!.value)).toBeCloseTo(0, 9);
    expect(at(ticks.at(-1)!.value)).toBeCloseTo(100, 9);
  });
});

describe('histogramSvg', () => {
  it('counts every value once', () => {
    const svg = histogramSvg([1, 1.5, 2, 4.99, 5], { title: 'dB', bin: 1, mark: null });
    const counts = [...svg.matchAll(/<title>[^:]+: (\d+)<\/title>/g)].map(([, count]) => Number(count));
    expect(counts).toEqual([2, 1, 0, 1, 1]);
  });
});

describe('signalSvg', () => {
  it('keeps the extremes of every pixel and leaves gaps open', () => {
    const truth = Float64Array.from({ length: 5000 }, (_, i) => (i === 2345 ? 3 : 0));
    truth.fill(NaN, 3000, 3500);
    const svg = signalSvg({ fs: 500, startSeconds: 0, truth, prediction: null }, 'II');
    const path = /class="truth" d="([^"]+)"/.exec(svg)![1]!;
    const ys = [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(Math.min(...ys)).toBeCloseTo(6, 1);
    expect(path.match(/M/g)).toHaveLength(2);
  });
});

describe('scoreReportHtml', () => {
  it('escapes what comes from outside', () => {
    const html = scoreReportHtml({
      truth: '<b>',
      pred: 'a&b',
      against: null,
      figures: [],
      tables: [{ title: 'T', columns: ['x'], rows: [['<img src=x>']] }],
      decibels: [1],
      medianDb: 1,
      byLead: [{ name: 'I', ascending: [1] }],
      byFolder: [],
      confidence: [],
      qt: [],
      rivals: [],
      worst: [{ name: '"><script>', snrDb: 1, note: '', thumbnail: Uint8Array.of(1, 2), leads: [] }],
    });
    expect(html).not.toContain('<img src=x>');
    expect(html).not.toContain('<script>');
    expect(html).toContain('data:image/jpeg;base64,AQI=');
  });
});

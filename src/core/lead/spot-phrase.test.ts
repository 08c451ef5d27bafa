import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineReading } from './read-line.ts';
import { readScales } from './read-scale-text.ts';
import { SCALE_PHRASES } from './scale-phrases.ts';
import { phraseLogOdds, spotPhrase } from './spot-phrase.ts';
import { TEXT_CLASSES } from './text-net.ts';

/** What the network would say to a line it sees well: each character two frames, a blank between, `sure` everywhere. */
function lineOf(text: string, sure = 0.99): LineReading {
  const shown: number[] = [0];
  for (const character of text) {
    const k = TEXT_CLASSES.indexOf(character);
    shown.push(k, k, 0);
  }
  return readingOf(shown, sure);
}

function readingOf(shown: readonly number[], sure: number): LineReading {
  const classes = TEXT_CLASSES.length;
  const rest = Math.log((1 - sure) / (classes - 1));
  const logs = new Float32Array(shown.length * classes).fill(rest);
  shown.forEach((k, t) => (logs[t * classes + k] = Math.log(sure)));
  return { logs, frames: shown.length, best: Uint8Array.from(shown) };
}

const BOX = { x0: 100, y0: 50, x1: 400, y1: 70 };
const read = (text: string, sure?: number): string[] =>
  readScales(lineOf(text, sure), BOX).map((r) => `${r.kind} ${r.value} ${r.scope}`);
const phraseOf = (text: string) => SCALE_PHRASES.find((phrase) => phrase.text === text)!;

describe('spotPhrase', () => {
  it('finds a phrase where it stands, at no cost', () => {
    const line = lineOf('a 25mm/s b');
    const spot = spotPhrase(line, phraseOf('25 mm/s'), 0, line.frames);
    expect(spot.score).toBeCloseTo(0, 5);
    expect([spot.start, spot.end]).toEqual([7, 24]);
  });

  it('costs a wrong character what the network thinks of it', () => {
    const line = lineOf('35mm/s');
    expect(spotPhrase(line, phraseOf('25 mm/s'), 0, line.frames).score).toBeLessThan(-7);
  });

  it('gives all alignments of a phrase together at most certainty', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 0.999, noNaN: true }), (sure) => {
        const line = lineOf('10mm/mv', sure);
        const odds = phraseLogOdds(line, phraseOf('10 mm/mV'), 1, line.frames - 1);
        expect(odds).toBeLessThanOrEqual(1e-9);
        expect(odds).toBeGreaterThan((line.frames - 2) * Math.log(sure) - 1e-6);
      }),
    );
  });
});

describe('readScales', () => {
  it.each([
    ['25mm/s', 'speed 25 all'],
    ['50 mm/sec', 'speed 50 all'],
    ['12.5 mm / s', 'speed 12.5 all'],
    ['25.0 mm/s', 'speed 25 all'],
    ['sp*ed: 25 mm/sec.', 'speed 25 all'],
    ['10mm/mv', 'gain 10 all'],
    ['5 mm/mv', 'gain 5 all'],
    ['20.0mm/mv', 'gain 20 all'],
    ['1 cm/mv', 'gain 10 all'],
    ['2.5mm/mv 40hz', 'gain 2.5 all'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  it.each([
    ['125mm/s', 'speed 12.5 all'],
    ['250 mm/s', 'speed 25 all'],
    ['500 mm/sec', 'speed 50 all'],
    ['100 mm/mv', 'gain 10 all'],
    ['20.0 m/mv', 'gain 20 all'],
    ['25 m/s', 'speed 25 all'],
  ])('reads %s, clearly seen, as what copies make of a usual scale', (text, expected) => {
    expect(read(text, 0.9995)).toEqual([expected]);
  });

  it('reads several on one line, and for which leads they are', () => {
    expect(read('25mm/s 10mm/mv 0.05-150hz')).toEqual(['speed 25 all', 'gain 10 all']);
    expect(read('limb: 10 mm/mv chest: 5.0 mm/mv')).toEqual(['gain 10 limb', 'gain 5 chest']);
    expect(read('10/5 mm/mv')).toEqual(['gain 10 limb', 'gain 5 chest']);
  });

  it.each([
    '225mm/s',
    '0.25 mm/s',
    '2510mm/mv',
    '35mm/s',
    '25mm/min',
    '25 mm',
    '10mm/m',
    '25mm/sh',
    '120/80',
    '',
  ])('does not guess from "%s"', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('is as unsure as the network', () => {
    const sure = readScales(lineOf('25mm/s', 0.999), BOX)[0]!.probability;
    const unsure = readScales(lineOf('25mm/s', 0.9), BOX)[0]!.probability;
    expect(sure).toBeGreaterThan(0.98);
    expect(unsure).toBeLessThan(sure);
    expect(read('25mm/s', 0.6)).toEqual([]);
  });

  it('says where it stands', () => {
    const line = lineOf('*** 25mm/s ***');
    const { box } = readScales(line, { x0: 0, y0: 10, x1: 2 * line.frames - 12, y1: 22 })[0]!;
    expect(box).toEqual({ x0: 20, y0: 10, x1: 2 * 30 - 6, y1: 22 });
  });
});

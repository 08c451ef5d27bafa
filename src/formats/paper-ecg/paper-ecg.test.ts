import { expect, test } from 'vitest';
import { readPaperEcg } from './read-paper-ecg.ts';

const ANNOTATION = {
  schema: { name: 'paper-ecg-user-annotation', version: 0 },
  image: { name: 'fullscan.png' },
  rotation: 0,
  timeScale: 25,
  voltageScale: 10,
  leads: {
    I: { cropping: { x: 1, y: 2, width: 20, height: 40 }, start: 0 },
    AVR: { cropping: { x: 30, y: 2, width: 20, height: 40 }, start: 2.5 },
    X: { cropping: { x: 0, y: 0, width: 1, height: 1 }, start: 0 },
  },
};

test('scale and boxes of leads are read', () => {
  expect(readPaperEcg(JSON.stringify(ANNOTATION))).toEqual({
    image: 'fullscan.png',
    rotationDegrees: 0,
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    leads: [
      { lead: 'I', x: 1, y: 2, width: 20, height: 40, startSeconds: 0 },
      { lead: 'aVR', x: 30, y: 2, width: 20, height: 40, startSeconds: 2.5 },
    ],
  });
});

test('what is no annotation is refused in words', () => {
  expect(() => readPaperEcg('{')).toThrow(/JSON/);
  expect(() => readPaperEcg('{"schema":{"name":"other","version":0}}')).toThrow(/schema.name/);
  expect(() => readPaperEcg(JSON.stringify({ ...ANNOTATION, timeScale: 0 }))).toThrow(/timeScale/);
});

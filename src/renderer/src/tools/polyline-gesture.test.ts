import { expect, test } from 'vitest';
import { NO_LINE, polylineGesture, type LinePoint, type PolylineEvent } from './polyline-gesture.ts';

const click = (x: number, y: number): PolylineEvent => ({ type: 'click', at: [x, y], reachPx: 4 });

function play(...events: PolylineEvent[]) {
  let state = NO_LINE;
  const lines: (readonly LinePoint[])[] = [];
  for (const event of events) {
    const [next, line] = polylineGesture(state, event);
    state = next;
    if (line) lines.push(line);
  }
  return { state, lines };
}

test('clicks make a line, a double click or Enter ends it', () => {
  const drawn: LinePoint[] = [
    [0, 0],
    [20, 5],
  ];
  expect(play(click(0, 0), click(20, 5), click(21, 5))).toEqual({ state: NO_LINE, lines: [drawn] });
  expect(play(click(0, 0), click(20, 5), { type: 'end' }).lines).toEqual([drawn]);
});

test('the line goes on to the pointer', () => {
  expect(play(click(0, 0), { type: 'hover', at: [7, 3] }).state).toEqual({ points: [[0, 0]], head: [7, 3] });
  expect(play({ type: 'hover', at: [7, 3] }).state).toBe(NO_LINE);
});

test('points are taken back one by one, and all at once', () => {
  expect(play(click(0, 0), click(20, 5), { type: 'back' }).state.points).toEqual([[0, 0]]);
  expect(play(click(0, 0), { type: 'back' })).toEqual({ state: NO_LINE, lines: [] });
  expect(play(click(0, 0), click(20, 5), { type: 'drop' })).toEqual({ state: NO_LINE, lines: [] });
  expect(play({ type: 'end' }).lines).toEqual([]);
});

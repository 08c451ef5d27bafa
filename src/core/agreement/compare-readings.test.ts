import { beforeAll, beforeEach, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { reverseChange } from '../../shared/edit/byte-change.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import { startStroke } from '../edit/brush-stroke.ts';
import { dropLead } from '../edit/edit-cell.ts';
import { editColumns } from '../edit/edit-columns.ts';
import { createPageEditor, type PageEditor } from '../edit/page-editor.ts';
import { decodeEvidence, encodeEvidence, type PageEvidence } from '../edit/page-evidence.ts';
import { dragPin } from '../edit/pin-drag.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { compareReadings, type LeadDifference } from './compare-readings.ts';
import { heldReading } from './held-reading.ts';
import { MOST_DB } from './signal-agreement.ts';
import { takeLead, takePage } from './take-reading.ts';
import { takeStretch } from './take-stretch.ts';

const II = 'r1c0';
let base: Digitization;
let evidence: PageEvidence;
/** Two readers, and who decides between them. */
let ann: PageEditor;
let ben: PageEditor;
let page: PageEditor;

beforeAll(async () => {
  const { raster } = drawnPage();
  base = await digitizePage(raster);
  evidence = decodeEvidence(encodeEvidence(raster, base));
});
beforeEach(() => {
  [ann, ben, page] = [1, 2, 3].map(() => createPageEditor(base, new Map(), evidence)) as [
    PageEditor,
    PageEditor,
    PageEditor,
  ];
});

/** Drags the line of II away from its ink at two places. */
function goAstray(editor: PageEditor, ...shares: number[]): void {
  for (const share of shares) {
    const { x0, provenance, fineY, samplesPerPx } = editor.path(II)!;
    const column = Math.round(share * provenance.length);
    dragPin(editor, II, x0 + column, fineY[column * samplesPerPx]! - 25, null)!.finish();
  }
}

const lead = (cellId: string, a = ann, b = ben): LeadDifference =>
  compareReadings(a, b).leads.find((difference) => difference.cellId === cellId)!;

test('readings nobody changed are the same to the bit', () => {
  const difference = compareReadings(ann, ben);
  expect(difference.snrDb).toBe(MOST_DB);
  for (const { agreement, mask, stretches, words } of difference.leads) {
    expect(agreement).toMatchObject({ rmseMicrovolts: 0, pearson: 1 });
    expect({ mask: mask!.dice, stretches, words }).toEqual({ mask: 1, stretches: [], words: [] });
  }
});

test('what one reader did shows in the lead it was done to, and nowhere else', () => {
  goAstray(ben, 0.3, 0.7);
  const { leads, snrDb } = compareReadings(ann, ben);
  expect(leads.filter(({ stretches }) => stretches.length > 0).map(({ cellId }) => cellId)).toEqual([II]);
  const { agreement, stretches, mask } = lead(II);
  expect(stretches).toHaveLength(2);
  expect(agreement.rmseMicrovolts).toBeGreaterThan(5);
  expect(mask!.dice).toBeLessThan(1);
  expect(snrDb).toBeLessThan(MOST_DB);
});

test('one stretch is taken from a reader, the other stays; nothing is left to differ once both are', () => {
  goAstray(ben, 0.3, 0.7);
  const [first, second] = lead(II).stretches;
  const before = new Map(page.documents);
  const taken = takeStretch(page, ben, II, first!)!;
  expect(lead(II, page).stretches).toEqual([second]);
  takeStretch(page, ben, II, second!);
  expect(lead(II, page).stretches).toEqual([]);
  page.apply([...takeStretch(page, ann, II, second!)!.changes].reverse().map(reverseChange));
  expect(lead(II, page).stretches).toEqual([]);
  expect(taken.changes.length).toBeGreaterThan(0);
  expect(before.size).toBe(0);
  expect(takeStretch(page, ben, II, first!)!.changes).toEqual([]);
});

test('it is told whose reading the page holds in a stretch', () => {
  goAstray(ben, 0.3, 0.7);
  const [first, second] = lead(II).stretches;
  const held = (stretch = first!) => heldReading(page.signal(II), ann.signal(II), ben.signal(II), stretch);
  expect(held()).toBe('first');
  takeStretch(page, ben, II, first!);
  expect([held(), held(second)]).toEqual(['second', 'first']);
  const { x0, provenance } = page.path(II)!;
  editColumns(page, { cellId: II, from: x0, to: x0 + provenance.length - 1 }, 'blank');
  expect(held()).toBe('neither');
  expect(held({ ...first!, startSeconds: 0, endSeconds: 0 })).toBe('both');
});

test('a painted mask is taken with its stretch', () => {
  const path = ben.path(II)!;
  const x = path.x0 + 100;
  const y = path.fineY[100 * path.samplesPerPx]!;
  const [u, v] = canonicalToImage(ben.ground.rectification.warp, x, y);
  for (const [mode, radiusPx, dy] of [
    ['erase', 14, 0],
    ['paint', 5, -30],
  ] as const) {
    const stroke = startStroke(ben, II, { mode, radiusPx, onInk: false });
    for (let k = 0; k <= 30; k += 5) stroke.extend(u + k, v + dy);
    stroke.finish();
  }
  const { stretches, mask } = lead(II);
  expect(mask!.onlySecond).toBeGreaterThan(50);
  for (const stretch of stretches) takeStretch(page, ben, II, stretch);
  const left = lead(II, page).mask!;
  expect(left.onlySecond + left.onlyFirst).toBeLessThan(0.3 * (mask!.onlySecond + mask!.onlyFirst));
});

test('a lead is taken whole: its name, its path, or that it is not there', () => {
  goAstray(ben, 0.5);
  const layout = ben.layout();
  ben.setLayout({
    ...layout,
    cells: layout.cells.map((cell) => (cell.id === II ? { ...cell, lead: 'V6' as const } : cell)),
  });
  dropLead(ben, 'r0c0');
  expect(lead(II).words).toEqual(['named II and V6']);
  expect(lead('r0c0').words).toEqual(['only the first has this lead']);
  const before = new Map(page.documents);
  const taken = [takeLead(page, ben, II), takeLead(page, ben, 'r0c0')];
  expect(page.cell(II).lead).toBe('V6');
  expect(compareReadings(page, ben)).toMatchObject({ snrDb: MOST_DB });
  for (const { changes } of taken.reverse()) page.apply([...changes].reverse().map(reverseChange));
  expect(new Map(page.documents)).toEqual(before);
  takePage(page, ben);
  expect(new Map(page.documents)).toEqual(ben.documents);
});

test('a gain of the whole page comes along with a lead', () => {
  ben.setLayout({ ...ben.layout(), gainMmPerMillivolt: 2 * ben.layout().gainMmPerMillivolt });
  expect(lead(II).words).toEqual(['gain 10 and 20 mm/mV']);
  takeLead(page, ben, II);
  expect(lead(II, page)).toMatchObject({ stretches: [], words: [] });
  expect(lead('r0c0', page).words).toEqual(['gain 10 and 20 mm/mV']);
});

test('what one reader blanked is told as read by the other only', () => {
  const { x0 } = ben.path(II)!;
  editColumns(ben, { cellId: II, from: x0 + 50, to: x0 + 90 }, 'blank');
  expect(lead(II).stretches).toMatchObject([{ kind: 'only-first' }]);
  expect(lead(II).agreement.onlyFirstSeconds).toBeGreaterThan(0.1);
});

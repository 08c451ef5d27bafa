import type { Layout, LeadCell } from '../lead/layout.ts';
import type { Move } from './carry-path.ts';

/** What became of a corrected layout on another reading. */
export interface CarriedLayout {
  /** The reading's own layout where nobody has stated anything that it does not say itself. */
  readonly layout: Layout;
  /** Cell that takes the place of each former cell, by former id. */
  readonly heirs: ReadonlyMap<string, LeadCell>;
}

/** A cell takes the place of one at most so far away, millimetres. */
const REACH_MM = 12;
/** A cell of another name counts as so much farther: less than rows lie apart, more than readings differ. */
const OTHER_NAME_MM = 8;

/**
 * Lays what people did to a layout over another reading of the page: names, upside-down leads, gains and speed they
 * stated, leads they added, moved the ends of or took off. A lead with corrections that the reading does not have is
 * added to it.
 *
 * @param base - layout before people changed it
 * @param old - the same after
 * @param corrected - ids of cells whose traces people corrected
 * @param pxPerMm - canonical pixels of the other reading
 */
export function carryLayout(
  base: Layout,
  old: Layout,
  reading: Layout,
  corrected: ReadonlySet<string>,
  move: Move,
  pxPerMm: number,
): CarriedLayout {
  const cells = new Map(reading.cells.map((cell) => [cell.id, cell]));
  const taken = new Map<string, string>();
  const pxPerSecond = pxPerMm * reading.speedMmPerSecond;
  for (const cell of old.cells) {
    const before = base.cells.find(({ id }) => id === cell.id) ?? null;
    const heir = heirOf(cell, [...cells.values()], move, pxPerMm);
    if (heir) {
      taken.set(cell.id, heir.id);
      cells.set(heir.id, withStatements(heir, before, cell, move, pxPerSecond));
    } else if (!before || corrected.has(cell.id)) {
      const added = addedCell(cell, freeId(cell.id, cells), reading, move, pxPerSecond);
      taken.set(cell.id, added.id);
      cells.set(added.id, added);
    }
  }
  for (const cell of base.cells) {
    if (old.cells.some(({ id }) => id === cell.id)) continue;
    const free = [...cells.values()].filter(({ id }) => ![...taken.values()].includes(id));
    const heir = heirOf(cell, free, move, pxPerMm);
    if (heir) cells.delete(heir.id);
  }
  const layout = withScale(base, old, reading, [...cells.values()]);
  const final = new Map(layout.cells.map((cell) => [cell.id, cell]));
  return { layout, heirs: new Map([...taken].map(([id, heir]) => [id, final.get(heir)!])) };
}

/** The cell that lies where a cell lay, of the same name and role where there are several. */
function heirOf(cell: LeadCell, cells: readonly LeadCell[], move: Move, pxPerMm: number): LeadCell | null {
  const [x, y] = move((cell.x0 + cell.x1) / 2, cell.baselineY);
  let best: LeadCell | null = null;
  let least = REACH_MM * pxPerMm;
  for (const other of cells) {
    const aside = Math.max(0, other.x0 - x, x - other.x1);
    const strange = other.lead === cell.lead && other.role === cell.role ? 0 : OTHER_NAME_MM * pxPerMm;
    const distance = Math.hypot(aside, other.baselineY - y) + strange;
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** A cell of the reading with what a person stated about it; itself where that is nothing. */
function withStatements(
  cell: LeadCell,
  before: LeadCell | null,
  old: LeadCell,
  move: Move,
  pxPerSecond: number,
): LeadCell {
  let next = cell;
  const isNamed = old.labelSource === 'user' && before?.lead !== old.lead;
  if (isNamed && old.lead !== cell.lead) {
    next = { ...next, lead: old.lead, labelSource: 'user', confidence: 1 };
  }
  if (before && before.inverted !== old.inverted && cell.inverted !== old.inverted) {
    next = { ...next, inverted: old.inverted };
  }
  if (before && before.gainMmPerMillivolt !== old.gainMmPerMillivolt) {
    const { gainMmPerMillivolt: read, ...rest } = next;
    const own = old.gainMmPerMillivolt;
    if (own !== read) next = own === undefined ? rest : { ...rest, gainMmPerMillivolt: own };
  }
  const x0 = before && before.x0 !== old.x0 ? move(old.x0, old.baselineY)[0] : cell.x0;
  const x1 = before && before.x1 !== old.x1 ? move(old.x1, old.baselineY)[0] : cell.x1;
  if (x1 <= x0 || (x0 === cell.x0 && x1 === cell.x1)) return next;
  return {
    ...next,
    x0,
    x1,
    startSeconds: cell.startSeconds + (x0 - cell.x0) / pxPerSecond,
    endSeconds: cell.endSeconds + (x1 - cell.x1) / pxPerSecond,
  };
}

/** A cell that the reading does not have, where it lay. */
function addedCell(old: LeadCell, id: string, reading: Layout, move: Move, pxPerSecond: number): LeadCell {
  const middle = (old.x0 + old.x1) / 2;
  const [x0, baselineY] = move(old.x0, old.baselineY);
  const x1 = Math.max(x0 + 1, move(old.x1, old.baselineY)[0]);
  const y0 = move(middle, old.y0)[1];
  const zero = clockZero(reading, x0, pxPerSecond) ?? x0 - old.startSeconds * pxPerSecond;
  return {
    ...old,
    id,
    x0,
    x1,
    baselineY,
    y0,
    y1: Math.max(y0 + 1, move(middle, old.y1)[1]),
    startSeconds: Math.max(0, (x0 - zero) / pxPerSecond),
    endSeconds: Math.max(0, (x1 - zero) / pxPerSecond),
    labelBox: null,
  };
}

/** Column of second 0 on the page's clock, as the lead that begins nearest has it. */
function clockZero({ cells }: Layout, x: number, pxPerSecond: number): number | null {
  const nearest = cells.toSorted((a, b) => Math.abs(a.x0 - x) - Math.abs(b.x0 - x))[0];
  return nearest ? nearest.x0 - nearest.startSeconds * pxPerSecond : null;
}

function freeId(wanted: string, cells: ReadonlyMap<string, LeadCell>): string {
  let id = wanted;
  for (let n = 0; cells.has(id); n++) id = `added${n}`;
  return id;
}

/** The reading's layout with other cells, and the scale that a person stated. */
function withScale(base: Layout, old: Layout, reading: Layout, cells: readonly LeadCell[]): Layout {
  const isSame = cells.length === reading.cells.length && cells.every((cell, i) => cell === reading.cells[i]);
  const stated = (source: 'speedSource' | 'gainSource', value: 'speedMmPerSecond' | 'gainMmPerMillivolt') =>
    old[source] === 'user' && old[value] !== base[value] && old[value] !== reading[value];
  const speed = stated('speedSource', 'speedMmPerSecond');
  const gain = stated('gainSource', 'gainMmPerMillivolt');
  if (isSame && !speed && !gain) return reading;
  const slower = speed ? reading.speedMmPerSecond / old.speedMmPerSecond : 1;
  return {
    ...reading,
    cells: cells.map((cell) => ({
      ...cell,
      startSeconds: cell.startSeconds * slower,
      endSeconds: cell.endSeconds * slower,
    })),
    ...(speed ? { speedMmPerSecond: old.speedMmPerSecond, speedSource: 'user' as const } : {}),
    ...(gain ? { gainMmPerMillivolt: old.gainMmPerMillivolt, gainSource: 'user' as const } : {}),
  };
}

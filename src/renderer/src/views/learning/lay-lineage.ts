import type { Lineage, LineageEdge, LineageNode } from './lineage.ts';

/** A node and its box, CSS pixels. */
export interface LaidNode extends LineageNode {
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LaidLineage {
  readonly nodes: readonly LaidNode[];
  /** Edges as SVG paths, from the right side of one box to the left side of another. */
  readonly edges: readonly (LineageEdge & { readonly path: string })[];
  readonly width: number;
  readonly height: number;
}

/** Boxes, and the space between and around them, CSS pixels. */
const SIZES = { model: [184, 54], set: [184, 54], run: [140, 44] } as const;
const GAP = { column: 36, row: 12, edge: 16 } as const;
const SWEEPS = 8;

/**
 * Lays a lineage out from left to right: what something came of stands left of it. Models and sets have the even columns,
 * fine-tunings the odd ones. Within a column boxes stand in the order in which their neighbours do, as near to the height
 * of these as they can without lying over each other (layers and barycentres after Sugiyama et al.,
 * doi:10.1109/TSMC.1981.4308636).
 */
export function layLineage(lineage: Lineage): LaidLineage {
  const columns = columnsOf(lineage);
  const byColumn = groupBy(lineage.nodes, ({ key }) => columns.get(key)!);
  const centres = new Map<string, number>();
  for (const nodes of byColumn.values()) place(nodes, () => null, centres);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    // What comes of a node pulls it as what it came of does, so that lines run straight.
    const order = [...byColumn.keys()].sort((a, b) => (sweep % 2 === 0 ? a - b : b - a));
    for (const column of order) {
      place(byColumn.get(column)!, (key) => meanOfNeighbours(lineage.edges, centres, key), centres);
    }
  }
  const top = Math.min(...lineage.nodes.map((node) => centres.get(node.key)! - SIZES[node.kind][1] / 2));
  const laid = lineage.nodes.map((node): LaidNode => {
    const [width, height] = SIZES[node.kind];
    const column = columns.get(node.key)!;
    const x = GAP.edge + columnLeft(column);
    return { ...node, column, x, y: GAP.edge + centres.get(node.key)! - height / 2 - top, width, height };
  });
  const boxes = new Map(laid.map((node) => [node.key, node]));
  return {
    nodes: laid,
    edges: lineage.edges.map((edge) => ({
      ...edge,
      path: pathOf(boxes.get(edge.from)!, boxes.get(edge.to)!),
    })),
    width: GAP.edge + Math.max(0, ...laid.map(({ x, width }) => x + width)),
    height: GAP.edge + Math.max(0, ...laid.map(({ y, height }) => y + height)),
  };
}

/** Column of each node: beginnings in the first, sets just before what first learnt from them. */
function columnsOf({ nodes, edges }: Lineage): Map<string, number> {
  const columns = new Map<string, number>();
  const kinds = new Map(nodes.map(({ key, kind }) => [key, kind]));
  const columnOf = (key: string, above: ReadonlySet<string>): number => {
    const known = columns.get(key);
    if (known !== undefined) return known;
    const makers = edges.filter(
      ({ from, to }) => to === key && kinds.get(from) !== 'set' && !above.has(from),
    );
    const kind = kinds.get(key)!;
    const before = makers.map(({ from }) => {
      const apart = kind === 'model' && kinds.get(from) === 'model' ? 2 : 1;
      return columnOf(from, new Set([...above, key])) + apart;
    });
    const column = Math.max(0, ...before);
    columns.set(key, column);
    return column;
  };
  for (const { key, kind } of nodes) if (kind !== 'set') columnOf(key, new Set([key]));
  for (const { key, kind } of nodes) {
    if (kind !== 'set') continue;
    const learners = edges.filter(({ from }) => from === key).map(({ to }) => columns.get(to)!);
    const first = learners.length === 0 ? 0 : Math.min(...learners) - 1;
    // A model whose fine-tuning is unknown has its set two columns before it, too.
    columns.set(key, Math.max(0, first - (first % 2)));
  }
  return columns;
}

const columnLeft = (column: number): number =>
  Math.ceil(column / 2) * (SIZES.model[0] + GAP.column) +
  Math.floor(column / 2) * (SIZES.run[0] + GAP.column);

function meanOfNeighbours(
  edges: readonly LineageEdge[],
  centres: ReadonlyMap<string, number>,
  key: string,
): number | null {
  const near = edges.flatMap(({ from, to }) => (from === key ? [to] : to === key ? [from] : []));
  return near.length === 0 ? null : near.reduce((sum, other) => sum + centres.get(other)!, 0) / near.length;
}

/**
 * Gives the nodes of a column their heights: in the order of what they wish for, as near to it as boxes that do not overlap
 * can be (least squares, by pooling neighbours that would).
 */
function place(
  nodes: readonly LineageNode[],
  wish: (key: string) => number | null,
  centres: Map<string, number>,
): void {
  let below = 0;
  const wished = nodes
    .map((node) => {
      const height = SIZES[node.kind][1];
      const stacked = below + height / 2;
      below += height + GAP.row;
      return { node, wish: wish(node.key) ?? centres.get(node.key) ?? stacked };
    })
    .sort((a, b) => a.wish - b.wish);
  let offset = 0;
  const offsets: number[] = [];
  const pools: { sum: number; count: number }[] = [];
  for (const { node, wish: centre } of wished) {
    const height = SIZES[node.kind][1];
    offsets.push(offset + height / 2);
    pools.push({ sum: centre - offset - height / 2, count: 1 });
    offset += height + GAP.row;
    for (
      let last = pools.at(-1)!, before = pools.at(-2);
      before;
      last = pools.at(-1)!, before = pools.at(-2)
    ) {
      if (before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  let at = 0;
  for (const { sum, count } of pools) {
    for (let k = 0; k < count; k++, at++) centres.set(wished[at]!.node.key, offsets[at]! + sum / count);
  }
}

function pathOf(from: LaidNode, to: LaidNode): string {
  const [x0, y0, x1, y1] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2];
  const bend = Math.max(18, (x1 - x0) / 2);
  return `M${x0} ${y0.toFixed(1)}C${x0 + bend} ${y0.toFixed(1)} ${x1 - bend} ${y1.toFixed(1)} ${x1} ${y1.toFixed(1)}`;
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

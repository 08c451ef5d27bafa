import type { LearningState } from '../../../../shared/api/learning-record.ts';

/** A model, a training set or a fine-tuning in the lineage. */
export interface LineageNode {
  /** Kind and digest or number, e.g. `run 3`: the same in every lineage of the project. */
  readonly key: string;
  readonly kind: 'model' | 'set' | 'run';
  /** Digest of a model or set, number of a fine-tuning. */
  readonly id: string;
  readonly title: string;
  /** Whether the project holds it no more; then only others tell of it. */
  readonly gone: boolean;
  /** When it came to be, milliseconds since 1970; 0 when nobody knows. */
  readonly at: number;
}

/** What came of what. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

export interface Lineage {
  /** By time, what nobody knows the time of first. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

export const modelNode = (sha256: string): string => `model ${sha256}`;
export const setNode = (hash: string): string => `set ${hash}`;
export const runNode = (id: number): string => `run ${id}`;

/**
 * Which model was made of which, by which fine-tuning and from which training set. Models and sets that are gone stand
 * where others tell of them; a model whose fine-tuning is not of this project comes straight from what it names.
 */
export function lineageOf(state: Pick<LearningState, 'models' | 'runs' | 'sets'>): Lineage {
  const nodes = new Map<string, LineageNode>();
  const edges: LineageEdge[] = [];
  for (const { sha256, name, addedAt } of state.models) {
    const key = modelNode(sha256);
    nodes.set(key, { key, kind: 'model', id: sha256, title: name, gone: false, at: addedAt ?? 0 });
  }
  for (const { hash, createdAt } of state.sets) {
    const key = setNode(hash);
    nodes.set(key, { key, kind: 'set', id: hash, title: hash.slice(0, 10), gone: false, at: createdAt });
  }
  const model = (sha256: string, title: string): string => {
    const key = modelNode(sha256);
    if (!nodes.has(key)) nodes.set(key, { key, kind: 'model', id: sha256, title, gone: true, at: 0 });
    return key;
  };
  const set = (hash: string): string => {
    const key = setNode(hash);
    const title = hash.slice(0, 10);
    if (!nodes.has(key)) nodes.set(key, { key, kind: 'set', id: hash, title, gone: true, at: 0 });
    return key;
  };
  const made = new Set<string>();
  for (const run of state.runs) {
    const key = runNode(run.id);
    const title = `Fine-tuning ${run.id}`;
    nodes.set(key, { key, kind: 'run', id: String(run.id), title, gone: false, at: run.createdAt });
    edges.push({ from: model(run.parent, run.parentName), to: key }, { from: set(run.set), to: key });
    if (run.candidate === null) continue;
    edges.push({ from: key, to: model(run.candidate, `gone (${run.candidate.slice(0, 10)})`) });
    made.add(run.candidate);
  }
  for (const { sha256, origin } of state.models) {
    if (!origin || made.has(sha256)) continue;
    const to = modelNode(sha256);
    const parent = origin.parentName || `gone (${origin.parent.slice(0, 10)})`;
    edges.push({ from: model(origin.parent, parent), to }, { from: set(origin.set), to });
  }
  return { nodes: [...nodes.values()].sort((a, b) => a.at - b.at), edges };
}

/** A node, everything that it came of and everything that came of it. */
export function kinOf({ edges }: Lineage, key: string): ReadonlySet<string> {
  const kin = new Set([key]);
  for (const [near, far] of [
    ['to', 'from'],
    ['from', 'to'],
  ] as const) {
    const waiting = [key];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const edge of edges) {
        if (edge[near] !== next || kin.has(edge[far])) continue;
        kin.add(edge[far]);
        waiting.push(edge[far]);
      }
    }
  }
  return kin;
}

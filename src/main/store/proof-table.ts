import type { ProofReport } from '../../shared/api/learning-record.ts';
import { AppError } from '../../shared/app-error.ts';
import type { StoreContext } from './store-context.ts';

export interface ProofRow {
  readonly id: number;
  readonly report: ProofReport;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A model that took the place of another; digests, or `none` for no model. */
export interface PromotionRow {
  readonly id: number;
  readonly kind: 'promotion' | 'roll-back';
  readonly before: string;
  readonly after: string;
  readonly proofId: number | null;
  /** Why it was promoted against the proof; null when the proof allowed it. */
  readonly reason: string | null;
  readonly who: string;
  readonly at: number;
}

/** Comparisons of models, and which took the place of which. Nothing is ever removed. */
export interface ProofTable {
  /** Newest first; of one candidate when it is named. */
  proofs(candidate?: string): ProofRow[];
  addProof(report: ProofReport): ProofRow;
  /** Newest first. */
  promotions(): PromotionRow[];
  /**
   * Notes a promotion and changes a setting, the choice of a model, both or neither.
   */
  addPromotion(
    promotion: Omit<PromotionRow, 'id' | 'at'>,
    setting: { readonly key: string; readonly value: unknown },
  ): void;
}

export function createProofTable({ db, mutate }: StoreContext, now: () => number): ProofTable {
  const all = db.prepare<[string | null, string | null], { id: number; report: string; at: number }>(
    'SELECT id, report, at FROM proofs WHERE ? IS NULL OR candidate = ? ORDER BY id DESC',
  );
  const insert = db.prepare<unknown[], { id: number }>(
    'INSERT INTO proofs (candidate, current, report, at) VALUES (?, ?, ?, ?) RETURNING id',
  );
  const promotions = db.prepare<[], PromotionRow>(
    `SELECT id, kind, before, after, proof_id AS proofId, reason, who, at FROM promotions ORDER BY id DESC`,
  );
  const promote = db.prepare(
    'INSERT INTO promotions (kind, before, after, proof_id, reason, who, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const set = db.prepare(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    proofs: (candidate) =>
      all
        .all(candidate ?? null, candidate ?? null)
        .map(({ report, ...row }) => ({ ...row, report: JSON.parse(report) as ProofReport })),
    addProof: (report) =>
      mutate('add proof', (announce) => {
        const at = now();
        const row = insert.get(report.candidate, report.current, JSON.stringify(report), at);
        if (!row) throw new AppError('internal', 'The proof was not kept.');
        announce({ type: 'learning' });
        return { id: row.id, report, at };
      }),
    promotions: () => promotions.all(),
    addPromotion: ({ kind, before, after, proofId, reason, who }, { key, value }) =>
      mutate('promote model', (announce) => {
        promote.run(kind, before, after, proofId, reason, who, now());
        set.run(key, JSON.stringify(value));
        announce({ type: 'learning' });
        announce({ type: 'models' });
      }),
  };
}

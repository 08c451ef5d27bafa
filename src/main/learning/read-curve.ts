import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CurvePointRecord } from '../../shared/api/learning-record.ts';
import type { FinetunePoint } from './finetune.ts';

/** The curve of a fine-tuning, from its folder; empty before it began. A line that is being written is left out. */
export async function readCurve(folder: string): Promise<CurvePointRecord[]> {
  const text = await readFile(join(folder, 'curves.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line): CurvePointRecord[] => {
    let point: FinetunePoint;
    try {
      point = JSON.parse(line) as FinetunePoint;
    } catch {
      return [];
    }
    if (point.kind === 'step') return [{ kind: 'step', step: point.step, loss: point.loss }];
    const { step, loss, own, replay, snrDb } = point;
    const dice = own.classes['trace']!.dice;
    return [
      { kind: 'validation', step, loss, dice, replayDice: replay?.classes['trace']?.dice ?? null, snrDb },
    ];
  });
}

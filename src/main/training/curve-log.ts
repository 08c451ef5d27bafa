import { appendFile, readFile } from 'node:fs/promises';
import { replaceFile } from './replace-file.ts';

/** One line of the log: what was measured at a step. */
export interface CurvePoint {
  readonly step: number;
  readonly [quantity: string]: unknown;
}

/** Appends measurements to a file of JSON lines, which can be followed while training runs. */
export interface CurveLog {
  append(point: CurvePoint): Promise<void>;
}

/** Opens the log, dropping lines after `fromStep`: they belong to steps that are about to be done again. */
export async function openCurveLog(path: string, fromStep: number): Promise<CurveLog> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const kept = text.split('\n').filter((line) => line !== '' && stepOf(line) <= fromStep);
  await replaceFile(path, kept.map((line) => `${line}\n`).join(''));
  return { append: (point) => appendFile(path, `${JSON.stringify(point)}\n`) };
}

function stepOf(line: string): number {
  try {
    return (JSON.parse(line) as CurvePoint).step;
  } catch {
    // A line cut off by a crash.
    return Infinity;
  }
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/app-error.ts';
import type { TrainingState } from './optimise/training-state.ts';
import { replaceFile } from './replace-file.ts';

const MAGIC = 'TWCKPT01';
const VECTORS = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;

/** A state with what else has to be known to go on. */
export interface Checkpoint {
  readonly state: TrainingState;
  /** Fingerprint of the settings that shape the run; another one cannot be resumed. */
  readonly fingerprint: string;
  /** Time spent so far, seconds. */
  readonly seconds: number;
}

/** Stores a checkpoint beside its place and then renames it, so that there is always a whole one. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { state, fingerprint, seconds } = checkpoint;
  const vectors = VECTORS.map((name) => {
    const vector = state[name];
    return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  });
  const digest = createHash('sha256');
  for (const vector of vectors) digest.update(vector);
  const header = Buffer.from(
    JSON.stringify({
      step: state.step,
      best: state.best,
      stale: state.stale,
      skipped: state.skipped,
      length: state.parameters.length,
      fingerprint,
      seconds,
      sha256: digest.digest('hex'),
    }),
  );
  const start = Buffer.alloc(MAGIC.length + 4);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(header.length, MAGIC.length);
  await replaceFile(path, Buffer.concat([start, header, ...vectors]));
}

/**
 * Reads a checkpoint to the bit.
 *
 * @returns null when there is no such file
 * @throws AppError `corrupt` for anything but a whole checkpoint
 */
export async function readCheckpoint(path: string): Promise<Checkpoint | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('unreadable', `The checkpoint ${path} cannot be read.`, { cause });
  }
  const damaged = (cause?: unknown) => new AppError('corrupt', `${path} is no whole checkpoint.`, { cause });
  if (bytes.length < 12 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged();
  const start = MAGIC.length + 4;
  const end = start + bytes.readUInt32LE(MAGIC.length);
  let header;
  try {
    header = JSON.parse(bytes.toString('utf8', start, end));
  } catch (cause) {
    throw damaged(cause);
  }
  const content = bytes.subarray(end);
  const sha256 = createHash('sha256').update(content).digest('hex');
  if (content.length !== VECTORS.length * 4 * header.length || sha256 !== header.sha256) throw damaged();
  // A copy: float views need an aligned start.
  const floats = new Float32Array(Uint8Array.from(content).buffer);
  const vector = (index: number) => floats.slice(index * header.length, (index + 1) * header.length);
  return {
    state: {
      step: header.step,
      parameters: vector(0),
      firstMoment: vector(1),
      secondMoment: vector(2),
      average: vector(3),
      best: header.best,
      stale: header.stale,
      skipped: header.skipped,
    },
    fingerprint: header.fingerprint,
    seconds: header.seconds,
  };
}

import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import type { ModelKey } from '../../shared/api/model-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { CONTRACT } from '../inference/model-contract.ts';
import { fileError } from '../library/read-scan-file.ts';
import type { ModelTable } from '../store/model-table.ts';
import { storageError } from '../store/storage-error.ts';
import { fileDigest } from './file-digest.ts';
import { modelCard } from './model-facts.ts';
import type { ModelTrials } from './model-trials.ts';

/** Where an import goes. */
export interface ModelShelf {
  readonly table: ModelTable;
  /** Digest of the model that comes with the program. */
  readonly bundledSha256: string | null;
  /** Folder of the project's models; made when it does not exist. */
  readonly folder: string;
  readonly trials: ModelTrials;
}

const MAX_CARD_BYTES = 4 * 1024 * 1024;
const TRIAL_TILE_PX = 256;
const EXPECTED =
  `A model takes "${CONTRACT.input}" float32 [N, 3, H, W] and gives "${CONTRACT.output}" float32 ` +
  `[N, ${CONTRACT.classes.length}, H, W], operator set ${CONTRACT.opsets.min} to ${CONTRACT.opsets.max}, ` +
  `at most ${CONTRACT.maxBytes / 2 ** 20} MB; docs/model.md has the whole contract.`;

/**
 * Brings a model file into a project: reads it, writes it beside its place, has a child process check it, load it and
 * look at a tile, and only then keeps it. The card beside the source comes along when it belongs to the file. A file
 * that is there already is not brought twice; one whose stored copy was lost gets it back.
 *
 * @param path - absolute
 * @returns its key, and whether it was there before
 * @throws AppError `usage`, `not-found`, `unreadable`, `too-large`, `corrupt`, `unsupported`: names the file, what is
 *   wrong and what a model is; `storage`
 */
export async function importModel(path: string, shelf: ModelShelf): Promise<{ key: ModelKey; known: boolean }> {
  if (!isAbsolute(path) || path.includes('\0')) throw new AppError('usage', `"${path}" is not an absolute path.`);
  const name = basename(path);
  if (extname(name).toLowerCase() !== '.onnx') {
    throw new AppError('unsupported', `"${name}" is not a model: its name does not end in .onnx. ${EXPECTED}`);
  }
  const bytes = await readModel(path, name);
  // In a thread of its own: the window's requests go on.
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  if (sha256 === shelf.bundledSha256) return { key: 'bundled', known: true };
  const known = shelf.table.find(sha256);
  const file = known?.file ?? storedName(name, sha256);
  const place = join(shelf.folder, file);
  if (known && (await isWhole(place, sha256, bytes.length))) return { key: known.id, known: true };
  const beside = `${place}.part`;
  try {
    await writeBeside(beside, bytes);
    await tryOut(name, beside, sha256, shelf.trials);
    await rename(beside, place);
  } catch (cause) {
    throw storageError(cause);
  } finally {
    await rm(beside, { force: true }).catch(() => {});
  }
  if (known) return { key: known.id, known: true };
  const card = await readCard(join(dirname(path), `${basename(path, extname(path))}.json`), sha256);
  const key = shelf.table.add({ name, file, sha256, bytes: bytes.length, card, source: path });
  return { key, known: false };
}

async function readModel(path: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  let file: FileHandle | null = null;
  try {
    const before = await stat(path);
    if (!before.isFile()) throw new AppError('unreadable', `"${name}" is not a regular file. ${EXPECTED}`);
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > CONTRACT.maxBytes) {
      throw new AppError('too-large', `"${name}" has ${(size / 2 ** 20).toFixed(1)} MB. ${EXPECTED}`);
    }
    const bytes = new Uint8Array(size);
    let read = 0;
    for (let got = 1; got > 0 && read < size; read += got) {
      got = (await file.read(bytes, read, size - read, read)).bytesRead;
    }
    return bytes.subarray(0, read);
  } catch (cause) {
    throw fileError(path, cause);
  } finally {
    await file?.close();
  }
}

/** Letters, digits and few signs of the name, and enough of the digest to be alone. */
function storedName(name: string, sha256: string): string {
  const stem = basename(name, extname(name)).replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
  return `${stem}-${sha256.slice(0, 16)}.onnx`;
}

async function isWhole(place: string, sha256: string, size: number): Promise<boolean> {
  const stored = await stat(place).catch(() => null);
  if (stored?.size !== size) return false;
  return (await fileDigest(place)) === sha256;
}

async function writeBeside(beside: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(beside), { recursive: true });
  const file = await open(beside, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function tryOut(name: string, path: string, sha256: string, trials: ModelTrials): Promise<void> {
  try {
    const { probabilities } = await trials.look({ path, sha256, provider: 'cpu', tilePx: TRIAL_TILE_PX });
    if (!probabilities.every((share) => share >= -0.01 && share <= 1.01)) {
      throw new AppError('unsupported', 'Its output is not a share of 0 to 1 for every pixel.');
    }
  } catch (cause) {
    const { code, message } = toAppError(cause);
    if (code === 'cancelled' || code === 'internal') throw cause;
    throw new AppError(code, `"${name}" cannot be used. ${message} ${EXPECTED}`, { cause });
  }
}

/** The card of a model, null where there is none that belongs to it. */
async function readCard(path: string, sha256: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > MAX_CARD_BYTES) return null;
    const card = modelCard.parse(JSON.parse(await readFile(path, 'utf8')));
    return card.sha256 === sha256 ? card : null;
  } catch {
    return null;
  }
}

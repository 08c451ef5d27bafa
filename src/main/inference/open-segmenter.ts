import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import type { Raster } from '../../core/image/raster.ts';
import { AppError } from '../../shared/app-error.ts';
import { checkModel } from './check-model.ts';
import { layTiles, type TileRow } from './lay-tiles.ts';
import { CONTRACT } from './model-contract.ts';
import { nativeReason } from './native-reason.ts';
import type { Segmentation } from '../../core/mask/segmentation.ts';

export interface SegmenterOptions {
  /** Threads of ONNX Runtime. */
  readonly threads?: number;
  /** Largest tile, pixels; a multiple of 16. */
  readonly tilePx?: number;
  /** Least overlap of neighbouring tiles, pixels. */
  readonly overlapPx?: number;
  /** Execution provider of ONNX Runtime, `cpu` when absent; what it cannot do is done by the processor. */
  readonly provider?: string;
  /** Digest that the file must have, hexadecimal. */
  readonly sha256?: string;
}

export interface SegmentOptions {
  /** Also look at the page in the mirror and take the mean: twice the time. */
  readonly mirror?: boolean;
  /** Ends the work between two tiles. */
  readonly signal?: AbortSignal;
  /** Hears of each tile that is done, and how many there are. */
  readonly onTile?: (done: number, total: number) => void;
}

/** A loaded model. */
export interface Segmenter {
  /**
   * Shares of ink on a canonical page (upright, flat, 6 to 12 pixels per millimetre), gray or RGB. The thread is blocked
   * for a tile at a time; memory beyond the result is that of one tile, whatever the page's size.
   */
  segment(page: Raster, options?: SegmentOptions): Promise<Segmentation>;
  close(): Promise<void>;
}

/**
 * Checks a model file and loads it into ONNX Runtime, in this process: a fault of its native code would end it, so call
 * this where that can be borne.
 *
 * @throws AppError `not-found`, `corrupt` when the digest differs, what `checkModel` finds wrong, or `unsupported` with the
 *   reason of ONNX Runtime
 */
export async function openSegmenter(path: string, options: SegmenterOptions = {}): Promise<Segmenter> {
  const { threads = 2, tilePx = 512, overlapPx = 32, provider = 'cpu', sha256 } = options;
  const bytes = await readModelFile(path);
  if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new AppError('corrupt', `The model ${path} is not the file any more that it was.`);
  }
  const session = await openSession(bytes, threads, provider);
  const tiling = { tilePx, overlapPx, stridePx: CONTRACT.stridePx };
  return {
    async segment(page, { mirror = false, signal, onTile } = {}) {
      const { width, height } = page;
      const across = layTiles(width, tiling);
      const down = layTiles(height, tiling);
      const planes = CONTRACT.classes.map(() => new Float32Array(width * height));
      const input = new Float32Array(3 * across.length * down.length);
      const shape = [1, 3, down.length, across.length];
      const total = across.starts.length * down.starts.length;
      let done = 0;
      for (const row of down.starts.keys()) {
        for (const column of across.starts.keys()) {
          for (const mirrored of mirror ? [false, true] : [false]) {
            signal?.throwIfAborted();
            fillTile(page, across, column, down, row, mirrored, input);
            const result = await session.run({ [CONTRACT.input]: new ort.Tensor('float32', input, shape) });
            const found = result[CONTRACT.output]!.data as Float32Array;
            addTile(found, planes, width, across, column, down, row, mirrored, mirror ? 0.5 : 1);
          }
          onTile?.(++done, total);
        }
      }
      const named = CONTRACT.classes.map((name, index) => [name, planes[index]!]);
      return { width, height, planes: Object.fromEntries(named) as Segmentation['planes'] };
    },
    close: () => session.release(),
  };
}

async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > CONTRACT.maxBytes) throw new AppError('too-large', `The model ${path} has ${size} bytes.`);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('not-found', `The model ${path} cannot be read.`, { cause });
  }
}

async function openSession(
  bytes: Uint8Array,
  threads: number,
  provider: string,
): Promise<ort.InferenceSession> {
  checkModel(bytes);
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: [{ name: provider }],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // Threads that wait actively halve the speed where cores are shared, and gain nothing where they are not.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    const on = provider === 'cpu' ? '' : ` on ${provider}`;
    throw new AppError('unsupported', `ONNX Runtime cannot run the model${on}: ${nativeReason(cause)}`, {
      cause,
    });
  }
}

/** Copies a tile of the page as planes 0..1; beyond the page its last row and column go on. */
function fillTile(
  page: Raster,
  across: TileRow,
  column: number,
  down: TileRow,
  row: number,
  mirrored: boolean,
  input: Float32Array,
): void {
  const { data, width, height, channels } = page;
  const area = across.length * down.length;
  for (let y = 0; y < down.length; y++) {
    const sourceRow = Math.min(height - 1, down.starts[row]! + y) * width;
    for (let x = 0; x < across.length; x++) {
      const sourceX = Math.min(width - 1, across.starts[column]! + x);
      const from = (sourceRow + sourceX) * channels;
      const to = y * across.length + (mirrored ? across.length - 1 - x : x);
      for (let c = 0; c < 3; c++) input[c * area + to] = data[from + (channels === 3 ? c : 0)]! / 255;
    }
  }
}

function addTile(
  found: Float32Array,
  planes: readonly Float32Array[],
  width: number,
  across: TileRow,
  column: number,
  down: TileRow,
  row: number,
  mirrored: boolean,
  share: number,
): void {
  const area = across.length * down.length;
  const weightsX = across.weights[column]!;
  const weightsY = down.weights[row]!;
  for (const [c, plane] of planes.entries()) {
    for (let y = 0; y < down.length; y++) {
      const weightY = weightsY[y]! * share;
      if (weightY === 0) continue;
      const to = (down.starts[row]! + y) * width + across.starts[column]!;
      const from = c * area + y * across.length;
      for (let x = 0; x < across.length; x++) {
        if (weightsX[x] === 0) continue;
        plane[to + x]! += found[from + (mirrored ? across.length - 1 - x : x)]! * weightsX[x]! * weightY;
      }
    }
  }
}

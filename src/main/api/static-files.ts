import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { containedPath } from './contained-path.ts';
import type { BytesAnswer } from './handlers.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
};

/**
 * A file of the built renderer by the path of its URL; `/` is `index.html`.
 *
 * @throws AppError `not-found` for anything that is not a file of a known type below `root`; `forbidden` for a path
 * that leaves it
 */
export async function staticFile(root: string, urlPath: string): Promise<BytesAnswer> {
  const path = await containedPath(root, decode(urlPath === '/' ? '/index.html' : urlPath).slice(1));
  const contentType = CONTENT_TYPES[extname(path)];
  if (!contentType || !(await stat(path)).isFile()) {
    throw new AppError('not-found', 'There is no such file.');
  }
  const bytes = new Uint8Array(await readFile(path));
  return { contentType, etag: createHash('sha256').update(bytes).digest('base64url'), bytes: () => bytes };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new AppError('usage', 'The address is not valid.', { cause });
  }
}

import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { toWfdbRecordName } from '../../formats/wfdb/wfdb-record-name.ts';

/** Where one page's files go: `folder/stem.csv`, and `folder/record.hea` since WFDB is strict about names. */
export interface OutputName {
  /** Relative to the output folder, `` for the output folder itself. */
  readonly folder: string;
  readonly stem: string;
  readonly record: string;
}

/** Most bytes of UTF-8 that file systems take as one name. */
const MAX_NAME_BYTES = 255;
/** Room for `-99`, `.p9999` and `.overlay.png`. */
const SUFFIX_BYTES = 21;

/**
 * Hands out output names without two alike.
 *
 * A scan `NAME.ext` gets the stem `NAME`; scans of one folder whose names differ in the extension only (or in case)
 * keep it: `NAME.jpg`. Should that still clash, `-2`, `-3` ... follow. Page 2 adds `.p2`. Stems too long for a file
 * name are cut and end in `~` and eight digits of a hash of the whole. Depends on the order of the scans only.
 *
 * @example
 * const names = planOutputNames([{ folder: '', fileName: 'a.jpg' }, { folder: '', fileName: 'a.png' }]);
 * names.page(0, 1); // { folder: '', stem: 'a.jpg.p2', record: 'a_jpg_p2' }
 */
export function planOutputNames(scans: readonly { readonly folder: string; readonly fileName: string }[]): {
  readonly page: (scan: number, pageIndex: number) => OutputName;
} {
  const plain = new Map<string, number>();
  for (const { folder, fileName } of scans) {
    const key = keyOf(folder, stemOf(fileName));
    plain.set(key, (plain.get(key) ?? 0) + 1);
  }
  const taken = new Set<string>();
  const stems = scans.map(({ folder, fileName }) => {
    const stem = stemOf(fileName);
    // `a.p2.png` beside `a.tif` would meet the second page of the latter.
    const parent = /^(.+)\.p\d+$/i.exec(stem)?.[1];
    const shared =
      plain.get(keyOf(folder, stem))! > 1 || (parent !== undefined && plain.has(keyOf(folder, parent)));
    return claim(taken, folder, shorten(shared ? fileName : stem));
  });
  const records = new Set<string>();
  const known = new Map<string, OutputName>();
  return {
    page(scan, pageIndex) {
      const key = `${scan}/${pageIndex}`;
      let name = known.get(key);
      if (!name) {
        const { folder } = scans[scan]!;
        const stem = pageIndex > 0 ? claim(taken, folder, `${stems[scan]!}.p${pageIndex + 1}`) : stems[scan]!;
        name = { folder, stem, record: claimRecord(records, folder, stem) };
        known.set(key, name);
      }
      return name;
    },
  };
}

function stemOf(fileName: string): string {
  return fileName.slice(0, fileName.length - extname(fileName).length) || fileName;
}

/** Names that some file system takes for the same: case and Unicode form do not count. */
function keyOf(folder: string, name: string): string {
  return `${folder}\0${name}`.normalize('NFC').toLowerCase();
}

function claim(taken: Set<string>, folder: string, name: string): string {
  let free = name;
  for (let n = 2; taken.has(keyOf(folder, free)); n++) free = `${name}-${n}`;
  taken.add(keyOf(folder, free));
  return free;
}

/** A record name has no room for a counter at its full length, so a clash is settled before it is made legal. */
function claimRecord(taken: Set<string>, folder: string, stem: string): string {
  let record = toWfdbRecordName(stem);
  for (let n = 2; taken.has(keyOf(folder, record)); n++) record = toWfdbRecordName(`${stem}_${n}`);
  taken.add(keyOf(folder, record));
  return record;
}

function shorten(stem: string): string {
  const limit = MAX_NAME_BYTES - SUFFIX_BYTES;
  if (Buffer.byteLength(stem) <= limit) return stem;
  const hash = createHash('sha256').update(stem).digest('hex').slice(0, 8);
  let kept = '';
  let bytes = 0;
  for (const char of stem) {
    bytes += Buffer.byteLength(char);
    if (bytes > limit - 9) break;
    kept += char;
  }
  return `${kept}~${hash}`;
}

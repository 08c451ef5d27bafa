import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWfdbRecordName } from '../../formats/wfdb/wfdb-record-name.ts';
import { planOutputNames } from './output-names.ts';

const scans = (...paths: string[]) =>
  paths.map((path) => {
    const slash = path.lastIndexOf('/');
    return { folder: path.slice(0, Math.max(0, slash)), fileName: path.slice(slash + 1) };
  });

describe('planOutputNames', () => {
  it('takes the stem, and the whole name where only that tells two apart', () => {
    const names = planOutputNames(scans('a.png', 'b.jpg', 'b.png', 'sub/b.png'));
    expect([0, 1, 2, 3].map((scan) => names.page(scan, 0).stem)).toEqual(['a', 'b.jpg', 'b.png', 'b']);
    expect(names.page(1, 0).record).toBe('b_jpg');
    expect(names.page(3, 0).folder).toBe('sub');
  });

  it('numbers the pages after the first', () => {
    const names = planOutputNames(scans('scan.pdf', '心电图.tif'));
    expect(names.page(0, 1)).toEqual({ folder: '', stem: 'scan.p2', record: 'scan_p2' });
    expect(names.page(1, 11).stem).toBe('心电图.p12');
    expect(names.page(0, 1)).toBe(names.page(0, 1));
  });

  it('keeps clear of names that look like a later page, differ in case, or are the same', () => {
    const names = planOutputNames(scans('a.tif', 'a.p2.png', 'X.png', 'x.png', 'x.png'));
    const stems = [0, 1, 2, 3, 4].map((scan) => names.page(scan, 0).stem);
    expect(stems).toEqual(['a', 'a.p2.png', 'X.png', 'x.png-2', 'x.png-3']);
    expect(names.page(0, 1).stem).toBe('a.p2');
  });

  it('keeps records apart where their legal forms meet', () => {
    const names = planOutputNames(scans('a b.png', 'a_b.png'));
    expect([names.page(0, 0).record, names.page(1, 0).record]).toEqual(['a_b', 'a_b_2']);
  });

  it('cuts names that no file system takes, keeping them apart', () => {
    const names = planOutputNames(scans(`${'心'.repeat(84)}a.p`, `${'心'.repeat(84)}b.p`));
    const [a, b] = [names.page(0, 9998).stem, names.page(1, 9998).stem];
    expect(Buffer.byteLength(`${a}.overlay.png`)).toBeLessThanOrEqual(255);
    expect(a).toMatch(/^心+~[0-9a-f]{8}\.p9999$/);
    expect(a).not.toBe(b);
  });

  it('never gives two pages the same file, whatever the names', () => {
    const stem = fc.constantFrom('a', 'A', 'á', 'a b', 'a.p2', 'a_b', 'a.jpg', 'x'.repeat(60));
    const file = fc.record({
      folder: fc.constantFrom('', 's'),
      fileName: fc.tuple(stem, fc.constantFrom('.jpg', '.png', '')).map(([s, e]) => s + e),
    });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 12 }), (files) => {
        const names = planOutputNames(files);
        const seen = new Set<string>();
        files.forEach((_, scan) => {
          for (const page of [0, 1, 2]) {
            const name = names.page(scan, page);
            expect(isWfdbRecordName(name.record)).toBe(true);
            for (const key of [`${name.folder}/${name.stem}`, `${name.folder}//${name.record}`]) {
              const folded = key.toLowerCase();
              expect(seen.has(folded)).toBe(false);
              seen.add(folded);
            }
          }
        });
      }),
    );
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../tests/cli/run-command.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { dicomImage, tinyDicom } from '../../../tests/fixtures/tiny-dicom.ts';
import { tinyPdf } from '../../../tests/fixtures/tiny-pdf.ts';
import { identityKey, openIdentityKey } from './identity-key.ts';
import { listMetadata } from './list-metadata.ts';

describe('identityKey', () => {
  const key = identityKey(Buffer.from('a secret of more than sixteen bytes'));

  it('gives the same name to the same person, another with another key, and tells kinds apart', () => {
    expect(key.pseudonym('patient', ' Denzuko,  Wenrivo')).toBe(key.pseudonym('patient', 'DENZUKO, WENRIVO'));
    expect(key.pseudonym('patient', '123')).not.toBe(key.pseudonym('file', '123'));
    const other = identityKey(Buffer.from('another secret of more than sixteen'));
    expect(other.pseudonym('patient', '123')).not.toBe(key.pseudonym('patient', '123'));
    expect(key.pseudonym('patient', '123')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is HMAC-SHA256: openssl gives the same', () => {
    // printf '["patient","123"]' | openssl dgst -sha256 -hmac 'a secret of more than sixteen bytes'
    expect(key.pseudonym('patient', '123')).toBe('abe958fa78d5201a');
  });

  it('moves all dates of a patient by the same days, into the past', () => {
    const shifts = Array.from({ length: 400 }, (_, k) => key.dateShiftDays(`patient ${k}`));
    expect(key.dateShiftDays('patient 7')).toBe(shifts[7]);
    expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-364);
    expect(Math.max(...shifts)).toBeLessThanOrEqual(-1);
    expect(new Set(shifts).size).toBeGreaterThan(200);
  });

  it('makes a key once, for its owner alone, and refuses one that can be guessed', async () => {
    const path = join(tempDir(), 'key');
    const first = await openIdentityKey(path);
    const second = await openIdentityKey(path);
    expect([first.made, second.made]).toEqual([true, false]);
    expect(second.key.pseudonym('a', 'b')).toBe(first.key.pseudonym('a', 'b'));
    expect(statSync(path).mode & 0o077).toBe(0);
    writeFileSync(path, 'short');
    await expect(openIdentityKey(path)).rejects.toThrow(/at least 16 bytes/);
  });
});

describe('listMetadata', () => {
  it('names what files say beside their pixels, and no values', async () => {
    const picture = () => sharp({ create: { width: 20, height: 20, channels: 3, background: '#fff' } });
    const jpeg = await picture()
      .withExif({ IFD0: { Artist: 'Denzuko' } })
      .jpeg()
      .toBuffer();
    expect(await listMetadata(jpeg)).toContain('EXIF');
    const dicom = tinyDicom(
      '1.2.840.10008.1.2.1',
      [
        [0x0010, 0x0010, 'PN', 'DENZUKO^WENRIVO'],
        [0x0010, 0x0020, 'LO', '12345'],
        ...dicomImage({ width: 2, height: 2 }),
      ],
      Buffer.alloc(0),
    );
    expect(await listMetadata(dicom)).toEqual(['PatientName', 'PatientID']);
    const pdf = tinyPdf([{ dictionary: '<</Type/Catalog/Pages 2 0 R>>' }], '/Info<</Author (Denzuko)>>');
    expect(await listMetadata(pdf)).toEqual(['Author']);
    expect(await listMetadata(await picture().png().toBuffer())).toEqual([]);
  });
});

describe('deidentify', () => {
  const NAME = 'DENZUKO^WENRIVO';

  /** A page of paper with a dark bar where a name would be, and who it is all over its metadata. */
  async function page(path: string): Promise<void> {
    const bar = await sharp({ create: { width: 120, height: 12, channels: 3, background: '#111' } })
      .png()
      .toBuffer();
    const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#fbf7f2' } })
      .composite([{ input: bar, left: 40, top: 30 }])
      .withExif({ IFD0: { Artist: NAME, ImageDescription: NAME } })
      .png()
      .toBuffer();
    writeFileSync(path, bytes);
  }
  const marks = (reviewed: boolean) =>
    JSON.stringify({ reviewed, boxes: [{ x0: 36, y0: 26, x1: 164, y1: 46, kind: 'identity' }] });

  it('burns, strips, renames and reports; refuses what nobody has reviewed', async () => {
    const root = tempDir();
    for (const folder of ['in', 'marks']) mkdirSync(join(root, folder));
    for (const name of ['Denzuko 1970', 'second']) await page(join(root, 'in', `${name}.png`));
    writeFileSync(join(root, 'marks', 'Denzuko 1970.print.json'), marks(true));
    writeFileSync(join(root, 'marks', 'second.print.json'), marks(false));
    const run = (...flags: string[]) =>
      runCommand([
        'deidentify',
        join(root, 'in'),
        '--out',
        join(root, 'out'),
        '--marks',
        join(root, 'marks'),
        ...flags,
      ]);

    const result = await run('--key', join(root, 'key'));
    expect(result.code).toBe(3);
    expect(result.err).toContain('second.png: ');
    expect(result.err).toContain('nobody has reviewed');
    const files = readdirSync(join(root, 'out'));
    expect(files).toHaveLength(2);
    const picture = files.find((name) => name.endsWith('.png'))!;
    expect(picture).toMatch(/^[0-9a-f]{16}\.png$/);

    for (const name of files) {
      const bytes = readFileSync(join(root, 'out', name));
      expect(bytes.includes(NAME)).toBe(false);
      expect(bytes.includes('Denzuko')).toBe(false);
    }
    const written = sharp(join(root, 'out', picture));
    expect((await written.metadata()).exif).toBeUndefined();
    const after = await written.raw().toBuffer();
    const before = await sharp(join(root, 'in/Denzuko 1970.png')).removeAlpha().raw().toBuffer();
    expect(after.reduce((least, value) => Math.min(least, value), 255)).toBeGreaterThan(200);
    for (let i = 0; i < after.length; i++) {
      const [x, y] = [Math.floor(i / 3) % 400, Math.floor(i / 1200)];
      const burnt = x >= 36 && x < 164 && y >= 26 && y < 46;
      if (!burnt && after[i] !== before[i]) throw new Error(`pixel ${x},${y} was changed`);
    }
    const report = JSON.parse(readFileSync(join(root, 'out/removal-report.json'), 'utf8')) as {
      written: number;
      refused: number;
      pages: { burnt: object; metadata: string[]; reviewed: boolean }[];
    };
    expect(report).toMatchObject({ written: 1, refused: 1 });
    expect(report.pages[0]).toMatchObject({ burnt: { identity: 1 }, metadata: ['EXIF'], reviewed: true });

    expect((await run('--key', join(root, 'key'), '--unreviewed')).code).toBe(0);
    expect(readdirSync(join(root, 'out')).filter((name) => name.endsWith('.png'))).toHaveLength(2);
  });

  it('keeps the key out of the output folder, and says what it needs', async () => {
    const root = tempDir();
    await page(join(root, 'a.png'));
    const inside = ['deidentify', join(root, 'a.png'), '--out', join(root, 'out')];
    expect((await runCommand([...inside, '--key', join(root, 'out/key')])).err).toContain('must not lie');
    expect(existsSync(join(root, 'out/key'))).toBe(false);
    expect((await runCommand(inside)).err).toContain('--key');
    expect((await runCommand([...inside, '--key', 'k', '--format', 'gif'])).err).toContain('png, jpg, tif');
  });
});

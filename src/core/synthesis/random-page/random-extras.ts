import type { PageExtra } from '../page/page-extra.ts';
import type { Random } from '../random.ts';
import { ballPen, handwrittenNote } from './handwritten-notes.ts';
import { barcode, qrCode, redaction, stamp, table } from './office-marks.ts';

/** What people and offices add to a page: handwriting, stamps, codes, tables, blackened names. */
export function randomExtras(random: Random, [width, height]: readonly [number, number]): PageExtra[] {
  const extras: PageExtra[] = [];
  const somewhere = () => [random.uniform(0.02, 0.85) * width, random.uniform(0.05, 0.97) * height] as const;
  const onTop = () => [random.uniform(0.02, 0.7) * width, random.uniform(3, 18)] as const;
  if (random.chance(0.3)) {
    const pen = ballPen(random);
    for (let k = random.integer(1, 4); k > 0; k--) extras.push(handwrittenNote(random, somewhere(), pen));
  }
  if (random.chance(0.08)) extras.push(stamp(random, somewhere()));
  if (random.chance(0.08)) {
    const place = random.chance(0.8) ? onTop() : somewhere();
    extras.push(random.chance(0.75) ? barcode(random, place) : qrCode(random, place));
  }
  if (random.chance(0.09)) extras.push(table(random, random.chance(0.7) ? onTop() : somewhere()));
  if (random.chance(0.08)) {
    for (let k = random.integer(1, 3); k > 0; k--) extras.push(redaction(random, onTop()));
  }
  return extras;
}

import type { MaskWindow } from '../../core/mask/mask-window.ts';
import type { PageMasks } from '../../core/mask/page-masks.ts';
import { AppError } from '../../shared/app-error.ts';
import { fillPolygons } from '../masks/fill-polygon.ts';
import { LABEL_NAMES, labelOf } from '../masks/mask-label.ts';
import type { PictureSize } from '../masks/run-lengths.ts';
import { toSinglePolygon } from '../masks/trace-outline.ts';

/**
 * Label file of one picture for YOLO segmentation (https://docs.ultralytics.com/datasets/segment): a line per stretch,
 * `class x1 y1 x2 y2 ...` in shares of width and height. Classes count from 0: the leads in the standard order, 12 any rhythm
 * strip. Broken traces and holes are one polygon with seams, see `toSinglePolygon`; a stretch without a pixel has no line.
 */
export function writeYoloLabels(masks: PageMasks): string {
  const { width, height } = masks;
  // A hundredth of a pixel, so that reading gives the same pixels.
  const digits = Math.ceil(Math.log10(Math.max(width, height))) + 2;
  const lines = masks.leads.flatMap((stretch) => {
    const polygon = toSinglePolygon(stretch.mask);
    if (polygon.length === 0) return [];
    const points = polygon.map(([x, y]) => `${share(x / width, digits)} ${share(y / height, digits)}`);
    return [`${labelOf(stretch) - 1} ${points.join(' ')}\n`];
  });
  return lines.join('');
}

/**
 * Reads a label file: the masks by class, line by line.
 *
 * @throws AppError `corrupt` naming the line
 */
export function readYoloLabels(
  text: string,
  size: PictureSize,
): { readonly classIndex: number; readonly mask: MaskWindow }[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const numbers = line.trim().split(/\s+/).map(Number);
    const [classIndex, ...values] = numbers;
    const isWhole = Number.isInteger(classIndex) && classIndex! >= 0;
    if (
      !isWhole ||
      values.length < 6 ||
      values.length % 2 === 1 ||
      values.some((value) => !Number.isFinite(value))
    ) {
      throw new AppError(
        'corrupt',
        `Line ${i + 1} of the YOLO labels is no class with a polygon of three points or more.`,
      );
    }
    const polygon = Array.from({ length: values.length / 2 }, (_, k): [number, number] => [
      values[2 * k]! * size.width,
      values[2 * k + 1]! * size.height,
    ]);
    return [{ classIndex: classIndex!, mask: fillPolygons([polygon], size) }];
  });
}

/** `data.yaml` of a data set whose pictures lie in `images/<part>`. */
export function writeYoloConfig(parts: {
  readonly train: boolean;
  readonly val: boolean;
  readonly test: boolean;
}): string {
  const places = (['train', 'val', 'test'] as const).filter((part) => parts[part]);
  return [
    '# Ultralytics YOLO segmentation: labels/ beside images/',
    'path: .',
    ...places.map((part) => `${part}: images/${part}`),
    'names:',
    ...LABEL_NAMES.map((name, i) => `  ${i}: ${name}`),
    '',
  ].join('\n');
}

function share(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, '');
}

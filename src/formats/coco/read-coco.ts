import type { MaskWindow } from '../../core/mask/mask-window.ts';
import { AppError } from '../../shared/app-error.ts';
import { fillPolygons } from '../masks/fill-polygon.ts';
import { assertPictureSize, fromRunLengths, type PictureSize } from '../masks/run-lengths.ts';
import { cocoFile, type CocoSegmentation } from './coco-file.ts';
import { readRleString } from './rle-string.ts';

/** One annotated thing of a picture. */
export interface NamedMask {
  /** Name of its category, or label. */
  readonly name: string;
  /** Whether it is said to be a rhythm strip, where anything is said. */
  readonly role: string | null;
  readonly mask: MaskWindow;
}

/** What is said of one picture by whatever file holds masks. */
export interface MaskedPicture {
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  readonly masks: readonly NamedMask[];
}

/**
 * Reads a COCO file: masks as polygons, run lengths, or compressed run lengths. Annotations without a mask are left out.
 *
 * @throws AppError `corrupt` naming what is wrong
 */
export function readCoco(text: string): MaskedPicture[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'The COCO file is not valid JSON.', { cause });
  }
  const parsed = cocoFile.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new AppError(
      'corrupt',
      `The COCO file does not fit at ${path.join('.') || 'its beginning'}: ${message}`,
    );
  }
  const { images, annotations, categories } = parsed.data;
  images.forEach(assertPictureSize);
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const byImage = new Map<number, NamedMask[]>(images.map(({ id }) => [id, []]));
  const sizes = new Map(images.map((image) => [image.id, image]));
  for (const { id, image_id, category_id, segmentation, attributes } of annotations) {
    const masks = byImage.get(image_id);
    const name = names.get(category_id);
    if (!masks || name === undefined) {
      const what = masks ? `category ${category_id}` : `image ${image_id}`;
      throw new AppError(
        'corrupt',
        `Annotation ${id} of the COCO file names ${what}, which is not in the file.`,
      );
    }
    if (segmentation === undefined) continue;
    const role = typeof attributes?.['role'] === 'string' ? attributes['role'] : null;
    const size = sizes.get(image_id)!;
    toMask(segmentation, size);
    // Checked now, kept packed: the masks of thousands of pages would fill the memory.
    masks.push({
      name,
      role,
      get mask() {
        return toMask(segmentation, size);
      },
    });
  }
  return images.map(({ id, file_name, width, height }) => {
    return { fileName: file_name, width, height, masks: byImage.get(id)! };
  });
}

function toMask(segmentation: CocoSegmentation, image: PictureSize): MaskWindow {
  if (Array.isArray(segmentation)) {
    const polygons = segmentation.map((flat) =>
      Array.from({ length: flat.length >> 1 }, (_, i): [number, number] => [flat[2 * i]!, flat[2 * i + 1]!]),
    );
    return fillPolygons(polygons, image);
  }
  const { size, counts } = segmentation;
  if (size[0] !== image.height || size[1] !== image.width) {
    throw new AppError(
      'corrupt',
      `A mask of the COCO file is ${size[1]} x ${size[0]} pixels, its picture ${image.width} x ${image.height}.`,
    );
  }
  return fromRunLengths(typeof counts === 'string' ? readRleString(counts) : counts, image);
}

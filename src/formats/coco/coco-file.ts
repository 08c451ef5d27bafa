import { z } from 'zod';

const counts = z.union([z.string(), z.array(z.number().int().min(0))]);

export const cocoSegmentation = z.union([
  /** Polygons, `[x0, y0, x1, y1, ...]`. */
  z.array(z.array(z.number())),
  /** Run lengths down the columns, as numbers or as text; size is height, width. */
  z.object({ size: z.tuple([z.number().int().min(0), z.number().int().min(0)]), counts }),
]);
export type CocoSegmentation = z.infer<typeof cocoSegmentation>;

export const cocoImage = z.object({
  id: z.number().int(),
  file_name: z.string(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
export type CocoImage = z.infer<typeof cocoImage>;

export const cocoCategory = z.object({ id: z.number().int(), name: z.string() });

export const cocoAnnotation = z.object({
  id: z.number().int(),
  image_id: z.number().int(),
  category_id: z.number().int(),
  segmentation: cocoSegmentation.optional(),
  bbox: z.array(z.number()).length(4).optional(),
  area: z.number().optional(),
  iscrowd: z.number().int().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
});
export type CocoAnnotation = z.infer<typeof cocoAnnotation>;

/** The parts of a COCO object detection file (https://cocodataset.org/#format-data) that are read and written here. */
export const cocoFile = z.object({
  images: z.array(cocoImage),
  categories: z.array(cocoCategory),
  annotations: z.array(cocoAnnotation),
});
export type CocoFile = z.infer<typeof cocoFile>;

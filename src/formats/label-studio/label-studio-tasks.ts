import { z } from 'zod';
import type { PageMasks } from '../../core/mask/page-masks.ts';
import { AppError } from '../../shared/app-error.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import type { MaskedPicture, NamedMask } from '../coco/read-coco.ts';
import { fillPolygons } from '../masks/fill-polygon.ts';
import { assertPictureSize } from '../masks/run-lengths.ts';
import { stretchName } from '../masks/mask-label.ts';
import { readBrush, writeBrush } from './brush-mask.ts';

/**
 * Labelling interface that the tasks are made for; paste it into the settings of a Label Studio project
 * (https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks).
 */
export const LABEL_STUDIO_CONFIG = [
  '<View>',
  '  <Image name="image" value="$image" zoom="true"/>',
  '  <BrushLabels name="trace" toName="image">',
  ...[...LEAD_NAMES, ...LEAD_NAMES.map((lead) => `${lead} rhythm`)].map(
    (name) => `    <Label value="${name}"/>`,
  ),
  '  </BrushLabels>',
  '  <PolygonLabels name="print" toName="image">',
  ...['text', 'paper', 'pulse'].map((name) => `    <Label value="${name}"/>`),
  '  </PolygonLabels>',
  '</View>',
  '',
].join('\n');

/** A task of one picture, with its masks as an annotation; JSON without line breaks. */
export function writeLabelStudioTask(masks: PageMasks, taskId: number, imageUrl: string): string {
  const { width, height } = masks;
  const common = { to_name: 'image', original_width: width, original_height: height, image_rotation: 0 };
  const brushes = masks.leads.map((stretch) => ({
    ...common,
    id: `${taskId}-${stretch.cellId}`,
    from_name: 'trace',
    type: 'brushlabels',
    value: { format: 'rle', rle: [...writeBrush(stretch.mask, masks)], brushlabels: [stretchName(stretch)] },
  }));
  const polygons = masks.outlines.map(({ kind, polygon, text }, i) => ({
    ...common,
    id: `${taskId}-outline-${i}`,
    from_name: 'print',
    type: 'polygonlabels',
    value: {
      points: polygon.map(([x, y]) => [percent(x + 0.5, width), percent(y + 0.5, height)]),
      closed: true,
      polygonlabels: [kind],
    },
    ...(text === null ? {} : { meta: { text: [text] } }),
  }));
  const annotation = { id: taskId, result: [...brushes, ...polygons] };
  return JSON.stringify({ id: taskId, data: { image: imageUrl }, annotations: [annotation] });
}

const result = z.object({
  type: z.string(),
  original_width: z.number().int().min(1).optional(),
  original_height: z.number().int().min(1).optional(),
  value: z
    .object({
      rle: z.array(z.number().int().min(0).max(255)).optional(),
      brushlabels: z.array(z.string()).optional(),
      points: z.array(z.tuple([z.number(), z.number()])).optional(),
      polygonlabels: z.array(z.string()).optional(),
    })
    .optional(),
});
const work = z.object({ result: z.array(result), was_cancelled: z.boolean().optional() });
const tasks = z.array(
  z.object({
    data: z.record(z.string(), z.unknown()),
    file_upload: z.string().nullish(),
    annotations: z.array(work).optional(),
    predictions: z.array(work).optional(),
  }),
);

/**
 * Reads an export of Label Studio ("JSON"): brushes and polygons of the last annotation of each task, of its prediction
 * where nobody annotated it. Tasks without a mask are left out.
 *
 * @throws AppError `corrupt` naming what is wrong
 */
export function readLabelStudio(text: string): MaskedPicture[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('corrupt', 'The export of Label Studio is not valid JSON.', { cause });
  }
  const parsed = tasks.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new AppError('corrupt', `The export of Label Studio does not fit at ${path.join('.')}: ${message}`);
  }
  return parsed.data.flatMap(({ data, file_upload, annotations, predictions }) => {
    const done = (annotations ?? []).filter(({ was_cancelled }) => !was_cancelled);
    const results = (done.at(-1) ?? predictions?.at(-1))?.result ?? [];
    const masks: NamedMask[] = [];
    let size: { width: number; height: number } | null = null;
    for (const { original_width: width, original_height: height, value } of results) {
      const name = value?.brushlabels?.[0] ?? value?.polygonlabels?.[0];
      if (!value || name === undefined || !width || !height) continue;
      size = { width, height };
      assertPictureSize(size);
      if (value.rle) masks.push({ name, role: null, mask: readBrush(value.rle, size) });
      else if (value.points) {
        const polygon = value.points.map(([x, y]): [number, number] => [
          (x / 100) * width,
          (y / 100) * height,
        ]);
        masks.push({ name, role: null, mask: fillPolygons([polygon], size) });
      }
    }
    const image = file_upload ?? Object.values(data).find((entry) => typeof entry === 'string');
    return size && typeof image === 'string' ? [{ fileName: imageName(image), ...size, masks }] : [];
  });
}

/** File name in an address such as `/data/local-files/?d=scans/a.png` or `/data/upload/3/1a2b3c4d-a.png`. */
function imageName(address: string): string {
  const path = /[?&]d=([^&]+)/.exec(address)?.[1] ?? address.replace(/[?#].*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/^[0-9a-f]{8}-/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function percent(value: number, whole: number): number {
  return Math.round((value / whole) * 1e6) / 1e4;
}

import type { ModelFile } from './model-file.ts';

/** A model and how it looks at pages; plain data. */
export interface PageModel extends ModelFile {
  /** Looks at each page in the mirror, too, and takes the mean; false when absent. */
  readonly mirror?: boolean;
  /** Execution provider of ONNX Runtime; `cpu` when absent. */
  readonly provider?: string;
}

/** A model and how it was used, as results tell it: `segmentation.onnx 3cabfbac0927, mirrored, on webgpu`. */
export function pageModelWords({ version, mirror = false, provider = 'cpu' }: PageModel): string {
  return [version, ...(mirror ? ['mirrored'] : []), ...(provider === 'cpu' ? [] : [`on ${provider}`])].join(
    ', ',
  );
}

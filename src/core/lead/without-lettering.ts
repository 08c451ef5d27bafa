import type { FloatRaster } from '../image/raster.ts';
import type { InkKinds } from '../mask/ink-map.ts';

/** The ink of a page without that of lettering, where a model told the two apart. `ink` may be evened. */
export function withoutLettering({ data, width, height }: FloatRaster, kinds: InkKinds): FloatRaster {
  const lines = new Float32Array(data.length);
  const share = kinds.letteringOnly.data;
  for (let k = 0; k < data.length; k++) lines[k] = data[k]! * (1 - share[k]!);
  return { data: lines, width, height };
}

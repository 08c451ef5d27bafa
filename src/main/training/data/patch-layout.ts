/** Bytes of one patch: red, green, blue, one plane per class, the weights; each `patchPx * patchPx`. */
export function patchBytes(patchPx: number, classes: number, weightPlanes = 1): number {
  return (3 + classes + weightPlanes) * patchPx * patchPx;
}

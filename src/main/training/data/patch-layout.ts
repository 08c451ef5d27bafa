/** Bytes of one patch: red, green, blue, one plane per class, the weight; each `patchPx * patchPx`. */
export function patchBytes(patchPx: number, classes: number): number {
  return (3 + classes + 1) * patchPx * patchPx;
}

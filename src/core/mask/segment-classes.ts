/**
 * What a pixel of a page may belong to, in the order of the planes of targets: lead signals; calibration pulses and
 * separators; all lettering, handwriting, stamps and codes; grid lines.
 */
export const SEGMENT_CLASSES = ['trace', 'mark', 'text', 'grid'] as const;
export type SegmentClass = (typeof SEGMENT_CLASSES)[number];

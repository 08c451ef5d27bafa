/** A polygon or polyline in image pixels. */
export type Points = readonly (readonly [number, number])[];

/** Whether the point (x, y) lies inside the polygon (even-odd rule). */
export function insidePolygon(polygon: Points, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Axis-parallel bounding box of some points; zeros when there are none. */
export function polygonBounds(points: Points): { x0: number; y0: number; x1: number; y1: number } {
  if (points.length === 0) return { x0: 0, y0: 0, x1: 0, y1: 0 };
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

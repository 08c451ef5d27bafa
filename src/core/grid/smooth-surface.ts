/** Rounds of re-weighting against outliers. */
const ROBUST_ROUNDS = 2;

/** Measurements on the nodes of a regular grid; nodes of weight 0 hold nothing. */
export interface NodeField {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The smoothest surface through weighted node measurements: minimises `sum w (s - v)^2 + stiffness * bending(s)`, bending
 * being the sum of squared second differences (a discrete thin plate, so it goes on straight where nothing was measured).
 * Conjugate gradients from the best plane; returns the surface at every node. About 10 ms for 3,000 nodes.
 */
export function smoothSurface(
  field: NodeField,
  stiffness: number,
  iterations = 80,
  start: Float64Array = bestPlane(field),
): Float64Array {
  const { columns, rows, values, weights } = field;
  const count = columns * rows;
  const surface = Float64Array.from(start);
  const residual = new Float64Array(count);
  const product = new Float64Array(count);
  multiply(surface, product, field, stiffness);
  const scale = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    residual[at] = (weights[at] as number) * (values[at] as number) - (product[at] as number);
    scale[at] = 1 / ((weights[at] as number) + 12 * stiffness);
  }
  const direction = new Float64Array(count);
  let energy = 0;
  for (let at = 0; at < count; at++) {
    direction[at] = (scale[at] as number) * (residual[at] as number);
    energy += (direction[at] as number) * (residual[at] as number);
  }
  const goal = energy * 1e-8;
  for (let round = 0; round < iterations && energy > goal && energy > 1e-18; round++) {
    multiply(direction, product, field, stiffness);
    let curvature = 0;
    for (let at = 0; at < count; at++) curvature += (direction[at] as number) * (product[at] as number);
    if (!(curvature > 0)) break;
    const step = energy / curvature;
    let next = 0;
    for (let at = 0; at < count; at++) {
      surface[at] = (surface[at] as number) + step * (direction[at] as number);
      const r = (residual[at] as number) - step * (product[at] as number);
      residual[at] = r;
      next += r * r * (scale[at] as number);
    }
    const turn = next / energy;
    for (let at = 0; at < count; at++) {
      direction[at] = (scale[at] as number) * (residual[at] as number) + turn * (direction[at] as number);
    }
    energy = next;
  }
  return surface;
}

/**
 * {@link smoothSurface} in which measurements that disagree with their surroundings lose their say: two rounds of
 * re-weighting by the size of the residual against its median, no less than `quiet` (in units of the values).
 */
export function robustSurface(
  field: NodeField,
  stiffness: number,
  quiet: number,
  iterations = 80,
): Float64Array {
  const { values, weights } = field;
  const own = Float64Array.from(weights);
  let surface = smoothSurface(field, stiffness, iterations);
  const sizes = new Float64Array(values.length);
  for (let round = 0; round < ROBUST_ROUNDS; round++) {
    let count = 0;
    for (let at = 0; at < own.length; at++) {
      if ((weights[at] as number) > 0)
        sizes[count++] = Math.abs((values[at] as number) - (surface[at] as number));
    }
    if (count === 0) return surface;
    const scale = 3 * (sizes.subarray(0, count).sort()[count >> 1] as number) + quiet;
    for (let at = 0; at < own.length; at++) {
      const off = ((values[at] as number) - (surface[at] as number)) / scale;
      own[at] = (weights[at] as number) / (1 + off * off) ** 2;
    }
    surface = smoothSurface({ ...field, weights: own }, stiffness, iterations >> 1, surface);
  }
  return surface;
}

function multiply(s: Float64Array, out: Float64Array, field: NodeField, stiffness: number): void {
  const { columns, rows, weights } = field;
  for (let at = 0; at < out.length; at++) out[at] = (weights[at] as number) * (s[at] as number);
  for (let j = 0; j < rows; j++) {
    for (let i = 1; i < columns - 1; i++) {
      const at = j * columns + i;
      bend(s, out, at, 1, stiffness);
    }
  }
  for (let j = 1; j < rows - 1; j++) {
    for (let i = 0; i < columns; i++) bend(s, out, j * columns + i, columns, stiffness);
  }
  const twist = 2 * stiffness;
  for (let j = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++) {
      const at = j * columns + i;
      const below = at + columns;
      const d =
        twist * ((s[at] as number) - (s[at + 1] as number) - (s[below] as number) + (s[below + 1] as number));
      out[at] = (out[at] as number) + d;
      out[at + 1] = (out[at + 1] as number) - d;
      out[below] = (out[below] as number) - d;
      out[below + 1] = (out[below + 1] as number) + d;
    }
  }
}

function bend(s: Float64Array, out: Float64Array, at: number, stride: number, stiffness: number): void {
  const d = stiffness * ((s[at - stride] as number) - 2 * (s[at] as number) + (s[at + stride] as number));
  out[at - stride] = (out[at - stride] as number) + d;
  out[at] = (out[at] as number) - 2 * d;
  out[at + stride] = (out[at + stride] as number) + d;
}

function bestPlane(field: NodeField): Float64Array {
  const { columns, rows, values, weights } = field;
  let total = 0;
  let meanI = 0;
  let meanJ = 0;
  let mean = 0;
  for (let at = 0; at < values.length; at++) {
    const weight = weights[at] as number;
    total += weight;
    meanI += weight * (at % columns);
    meanJ += weight * Math.floor(at / columns);
    mean += weight * (values[at] as number);
  }
  const out = new Float64Array(columns * rows);
  if (total === 0) return out;
  meanI /= total;
  meanJ /= total;
  mean /= total;
  let ii = 1e-9;
  let ij = 0;
  let jj = 1e-9;
  let iv = 0;
  let jv = 0;
  for (let at = 0; at < values.length; at++) {
    const weight = weights[at] as number;
    if (weight === 0) continue;
    const i = (at % columns) - meanI;
    const j = Math.floor(at / columns) - meanJ;
    const value = (values[at] as number) - mean;
    ii += weight * i * i;
    ij += weight * i * j;
    jj += weight * j * j;
    iv += weight * i * value;
    jv += weight * j * value;
  }
  const determinant = ii * jj - ij * ij;
  const slopeI = determinant > 1e-9 * ii * jj ? (iv * jj - jv * ij) / determinant : 0;
  const slopeJ = determinant > 1e-9 * ii * jj ? (jv * ii - iv * ij) / determinant : 0;
  for (let at = 0; at < out.length; at++) {
    out[at] = mean + slopeI * ((at % columns) - meanI) + slopeJ * (Math.floor(at / columns) - meanJ);
  }
  return out;
}

import { add } from './arithmetic.ts';
import { fixedShape, type Graph, type Value } from './graph.ts';

/**
 * Reverse mode: emits the derivatives of a scalar by the given values, adding up where a value is used several times.
 * Steps that the scalar does not depend on, or that depend on none of the values, emit nothing.
 *
 * @param scalar of shape []
 * @returns one value per entry of `by`, of its shape
 */
export function gradients(graph: Graph, scalar: Value, by: readonly Value[]): Value[] {
  const steps = [...graph.tape];
  const wanted = new Set(by.map((value) => value.name));
  for (const step of steps) {
    if (step.inputs.some((input) => wanted.has(input.name))) wanted.add(step.output.name);
  }
  const found = new Map<string, Value>([[scalar.name, graph.scalar(1)]]);
  for (const step of steps.reverse()) {
    const gradient = found.get(step.output.name);
    if (!gradient || !wanted.has(step.output.name)) continue;
    const parts = step.pullback(gradient);
    step.inputs.forEach((input, index) => {
      const part = parts[index];
      if (!part || !wanted.has(input.name)) return;
      const before = found.get(input.name);
      found.set(input.name, before ? add(graph, before, part) : part);
    });
  }
  return by.map((value) => {
    const shape = fixedShape(value);
    const zeros = () =>
      graph.constant(
        shape,
        shape.reduce<number[]>((all, n) => all.flatMap((z) => Array<number>(n).fill(z)), [0]),
      );
    return found.get(value.name) ?? zeros();
  });
}

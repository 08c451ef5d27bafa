/**
 * Works through items with at most `width` at a time; an item may put more in front of those waiting (later pages of
 * a file). Stops taking new ones once `signal` fires and resolves when the running ones have ended.
 */
export async function drainQueue<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T, addNext: (more: readonly T[]) => void) => Promise<void>,
): Promise<void> {
  // Reversed, so that taking the next one costs the same however many wait.
  const waiting = [...items].reverse();
  const addNext = (more: readonly T[]) => {
    for (let i = more.length - 1; i >= 0; i--) waiting.push(more[i]!);
  };
  let running = 0;
  await new Promise<void>((resolve, reject) => {
    const next = () => {
      while (running < width && waiting.length > 0 && !signal.aborted) {
        running++;
        work(waiting.pop()!, addNext).then(() => {
          running--;
          next();
        }, reject);
      }
      if (running === 0) resolve();
    };
    next();
  });
}

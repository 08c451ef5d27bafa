/**
 * Does something with every item, a few at a time, in order of their beginning.
 *
 * @param work stops everything when it throws
 */
export async function eachAtATime<T>(
  items: readonly T[],
  atATime: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const walk = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      await work(items[index]!, index);
    }
  };
  const walks = Array.from({ length: Math.max(1, Math.min(atATime, items.length)) }, async () => {
    await walk().catch((thrown: unknown) => {
      next = items.length;
      throw thrown;
    });
  });
  for (const result of await Promise.allSettled(walks)) if (result.status === 'rejected') throw result.reason;
}

/**
 * Works on all items in order, at most `size` at a time; `ready` is awaited before each is begun. Once one has broken,
 * no other is begun; those at work end first, so that nothing goes on behind the back of whoever waits here.
 */
export async function runWindow<Item>(
  items: readonly Item[],
  size: number,
  ready: () => Promise<void>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    while (waiting.length > 0) {
      await ready();
      const item = waiting.shift();
      if (item !== undefined) await work(item);
    }
  };
  const stopAll = (error: unknown) => {
    waiting.length = 0;
    throw error;
  };
  const lanes = Array.from({ length: Math.min(size, items.length) }, () => lane().catch(stopAll));
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
}

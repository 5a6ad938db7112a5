/** Works on all items in order, at most `size` at a time; `ready` is awaited before each is begun. */
export async function runWindow<Item>(
  items: readonly Item[],
  size: number,
  ready: () => Promise<void>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      await ready();
      const item = items[next];
      next += 1;
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, lane));
}

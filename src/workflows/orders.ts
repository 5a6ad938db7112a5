import { shuffle } from '../random.js';

/**
 * The first `count` different orders of some items, from one random sequence: a larger count keeps the earlier ones.
 * There are never more than the items have orders.
 */
export function drawOrders<T>(items: readonly T[], count: number, random: () => number): T[][] {
  const wanted = Math.min(count, factorialUpTo(items.length, count));
  const drawn = new Map<string, T[]>();
  const positions = items.map((_, index) => index);
  while (drawn.size < wanted) {
    const order = shuffle(positions, random);
    const key = order.join(' ');
    if (!drawn.has(key))
      drawn.set(
        key,
        order.map((position) => items[position] as T),
      );
  }
  return [...drawn.values()];
}

/** n!, or `enough` as soon as it is reached. */
function factorialUpTo(n: number, enough: number): number {
  let product = 1;
  for (let factor = 2; factor <= n && product < enough; factor += 1) product *= factor;
  return product;
}

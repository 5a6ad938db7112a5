import { createHash } from 'node:crypto';

/** A number from 0 (inclusive) to 1 (exclusive): always the same for the same purpose. */
export type Draw = (purpose: string) => number;

export type NonEmpty<Item> = readonly [Item, ...Item[]];

const DRAW_BYTES = 6;

/** Draws that depend on nothing but `parts` and each draw's purpose: equal across processes and machines. */
export function createDraw(...parts: (string | number)[]): Draw {
  const base = createHash('sha256').update(JSON.stringify(parts)).digest();
  return (purpose) =>
    createHash('sha256').update(base).update(purpose).digest().readUIntBE(0, DRAW_BYTES) / 2 ** (8 * DRAW_BYTES);
}

export function pick<Item>(draw: Draw, purpose: string, items: NonEmpty<Item>): Item {
  return items[Math.floor(draw(purpose) * items.length)] ?? items[0];
}

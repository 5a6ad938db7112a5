import { RUN_FILES } from '../../store/run-files.js';
import type { Store } from '../../store/store.js';

/** Chunks looked at: enough for a mean, and a few milliseconds. */
const MOST_LOOKED_AT = 100;

/** Calls in the journal of each open chunk, or of some that stand for all, evenly taken. */
export async function countOpenCalls(store: Store, openChunks: readonly string[]): Promise<number[]> {
  const looked = takeEvenly(openChunks, MOST_LOOKED_AT);
  // Where the folder cannot be read, others say so.
  return Promise.all(
    looked.map((chunk) =>
      store.paths(RUN_FILES.looseCalls(chunk)).then(
        ({ length }) => length,
        () => 0,
      ),
    ),
  );
}

function takeEvenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, place) => items[Math.floor((place * items.length) / most)] as Item);
}

import { RunReader } from '../planning/run-reader.js';
import type { ChunkState } from '../planning/retry-rounds.js';
import { failedItems } from '../planning/retry-rounds.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';

/** How all chunks of a plan's manifest stand; `undefined` where it has none yet. */
export async function readChunkStates(store: Store, plan: string): Promise<ChunkState[] | undefined> {
  const reader = new RunReader(store);
  // Preparing with other limits may have left more pages than are in force; they name the same chunks again.
  const states = new Map<string, ChunkState>();
  let page = 1;
  for (; await store.exists(RUN_FILES.manifestPage(plan, page)); page += 1) {
    const { chunks } = await reader.manifestPage(plan, page);
    const records = await Promise.all(chunks.map(({ id, fingerprint }) => reader.record(id, fingerprint)));
    for (const [index, { id, rounds }] of chunks.entries()) {
      const record = records[index];
      states.set(id, { id, ...(rounds && { rounds }), ...(record && { failed: failedItems(record) }) });
    }
  }
  return page === 1 ? undefined : [...states.values()];
}

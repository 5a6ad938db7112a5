import { summarizeRecord } from '../accounting.js';
import { CHUNK_FOLDERS, chunkFile, chunkFileRenderers, PLACED_FOLDER } from '../outputs/chunk-files.js';
import type { Chunk, ChunkRecord } from '../records.js';
import { foldKey, type Journal } from '../store/journal.js';
import type { LeaseKeeper } from '../store/leases.js';
import { RUN_FILES } from '../store/run-files.js';
import { sealFile } from '../store/sealed.js';
import type { Store } from '../store/store.js';
import type { FindOpenChunksInput, FindOpenChunksResult, RecordChunkInput } from './contract.js';
import { elsewhere, waitingCall } from './failures.js';
import { isSuperseded, withHeartbeats } from './heartbeats.js';
import type { RunReader } from '../planning/run-reader.js';
import { findDocument } from '../planning/run-reader.js';

export interface RecordDependencies {
  store: Store;
  reader: RunReader;
  journal: Journal;
  leases: Pick<LeaseKeeper, 'isInFlightElsewhere'>;
}

export function createFindOpenChunks({ reader }: Pick<RecordDependencies, 'reader'>) {
  return ({ plan, batch }: FindOpenChunksInput): Promise<FindOpenChunksResult> =>
    withHeartbeats(async () => {
      const { chunks } = await reader.manifestPage(plan, batch);
      const result: FindOpenChunksResult = { finished: [], open: [] };
      for (const entry of chunks) {
        const record = await reader.record(entry.id, entry.fingerprint);
        if (record === undefined) result.open.push(entry);
        else result.finished.push(summarizeRecord(record));
      }
      return result;
    });
}

export function createRecordChunk(dependencies: RecordDependencies) {
  return (input: RecordChunkInput): Promise<void> => withHeartbeats(() => recordChunk(input, dependencies));
}

/** The record comes last: once it is there, the chunk is done. */
async function recordChunk({ plan, record }: RecordChunkInput, dependencies: RecordDependencies): Promise<void> {
  const { store, reader, journal, leases } = dependencies;
  const chunk = await reader.chunk(plan, record.chunk);
  const { textname } = findDocument(await reader.plan(plan), chunk.document);
  requireAwaited();
  await writeChunkFiles(store, record, chunk, textname);
  // Two workers that fold the same journal could write an older union over a newer one.
  if (leases.isInFlightElsewhere(foldKey(record.chunk))) {
    throw elsewhere('another worker is writing this chunk');
  }
  await journal.fold(record.chunk);
  requireAwaited();
  await store.write(RUN_FILES.record(record.chunk), sealFile(record));
}

/** Where nobody waits for it, another root may have written a newer one meanwhile. */
function requireAwaited(): void {
  if (isSuperseded()) throw waitingCall('nobody waits for this record any more', 0);
}

/**
 * The chunk's file in each folder of intermediate results; one that is as it should be is left alone.
 *
 * @param recordedAt when the record was written, by the store's clock: a file that has not changed since then was made
 *   from it, and need not be read
 */
export async function writeChunkFiles(
  store: Store,
  record: ChunkRecord,
  chunk: Chunk,
  textname: string,
  recordedAt = -Infinity,
): Promise<void> {
  const renderers = chunkFileRenderers(record, chunk, { paragraph: chunk.text, textname });
  for (const folder of CHUNK_FOLDERS) {
    const path = chunkFile(folder, record.chunk);
    const render = renderers[folder];
    const found = await store.describe(path);
    const isKnown = found !== undefined && found.modifiedAt <= recordedAt && folder !== PLACED_FOLDER;
    if (render === undefined) {
      if (found !== undefined) await store.remove(path);
    } else if (!isKnown) {
      const content = render();
      if (found === undefined || (await store.read(path)) !== content) await store.write(path, content);
    }
  }
}

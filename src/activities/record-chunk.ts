import { summarizeRecord } from '../accounting.js';
import { CHUNK_FOLDERS, chunkFile, renderChunkFiles } from '../outputs/chunk-files.js';
import { readManifestPage } from '../planning/run-plan.js';
import { readableJson } from '../store/canonical.js';
import type { Journal } from '../store/journal.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import type { FindOpenChunksInput, FindOpenChunksResult, RecordChunkInput } from './contract.js';
import { withHeartbeats } from './heartbeats.js';
import type { RunReader } from './run-reader.js';
import { findDocument } from './run-reader.js';

export interface RecordDependencies {
  store: Store;
  reader: RunReader;
  journal: Journal;
}

export function createFindOpenChunks({ store, reader }: RecordDependencies) {
  return ({ plan, batch }: FindOpenChunksInput): Promise<FindOpenChunksResult> =>
    withHeartbeats(async () => {
      const { chunks } = await readManifestPage(store, plan, batch);
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

/** The record comes last: once it is there, the chunk is done, with all its files. */
async function recordChunk(
  { plan, record }: RecordChunkInput,
  { store, reader, journal }: RecordDependencies,
): Promise<void> {
  const chunk = await reader.chunk(record.chunk);
  const { textname } = findDocument(await reader.plan(plan), chunk.document);
  const files = renderChunkFiles(record, chunk, { paragraph: chunk.text, textname });
  for (const folder of CHUNK_FOLDERS) {
    const content = files[folder];
    if (content === undefined) await store.remove(chunkFile(folder, record.chunk));
    else await store.write(chunkFile(folder, record.chunk), content);
  }
  await journal.fold(record.chunk);
  await store.write(RUN_FILES.record(record.chunk), readableJson(record));
}

import type { RecordedChunk } from '../outputs/dataset.js';
import { writeDatasetFiles } from '../outputs/dataset.js';
import { CHUNK_FOLDERS, chunkOfFile } from '../outputs/chunk-files.js';
import { summarizeRun } from '../outputs/run-summary.js';
import type { RunPlan } from '../planning/run-plan.js';
import type { Paid } from '../records.js';
import { readableJson } from '../store/canonical.js';
import { RUN_FILES } from '../store/run-files.js';
import type { Store } from '../store/store.js';
import type { WriteDatasetInput, WriteDatasetResult, WriteSummaryInput } from './contract.js';
import { waitingCall } from './failures.js';
import { isSuperseded, withHeartbeats } from './heartbeats.js';
import { writeChunkFiles } from './record-chunk.js';
import type { RunReader } from '../planning/run-reader.js';
import { findDocument } from '../planning/run-reader.js';

export interface WriteDatasetDependencies {
  store: Store;
  reader: RunReader;
  /** What was paid up to now, over the life of the output folder. */
  paid: () => Promise<Paid>;
}

export function createWriteDataset(dependencies: Omit<WriteDatasetDependencies, 'paid'>) {
  return (input: WriteDatasetInput): Promise<WriteDatasetResult> =>
    withHeartbeats(() => writeDataset(input, dependencies));
}

export function createWriteSummary({ store, reader, paid }: WriteDatasetDependencies) {
  return (input: WriteSummaryInput): Promise<void> =>
    withHeartbeats(async () => {
      const summary = summarizeRun(await reader.plan(input.plan), input, await paid());
      await store.write(RUN_FILES.summary, readableJson(summary));
    });
}

async function writeDataset(
  { plan: fingerprint, batches }: WriteDatasetInput,
  dependencies: Omit<WriteDatasetDependencies, 'paid'>,
): Promise<WriteDatasetResult> {
  const plan = await dependencies.reader.plan(fingerprint);
  const done = new Set<string>();
  const chunks = readChunks(plan, batches, done, dependencies.reader, dependencies.store);
  const result = await writeDatasetFiles(dependencies.store, chunks, plan.assistantPrompt);
  requireWanted();
  await removeStaleFiles(dependencies.store, done);
  return result;
}

/** The manifest's chunks in order, each with its record and its files in place; `done` collects those that have one. */
async function* readChunks(
  plan: RunPlan,
  batches: number,
  done: Set<string>,
  reader: RunReader,
  store: Store,
): AsyncIterable<RecordedChunk> {
  for (let batch = 1; batch <= batches; batch += 1) {
    const { chunks } = await reader.manifestPage(plan.fingerprint, batch);
    // Small files are read without a turn of the event loop, which heartbeats need.
    await new Promise((turn) => setImmediate(turn));
    for (const { id, fingerprint } of chunks) {
      requireWanted();
      // Before it is read: what changes in between is compared.
      const recordedAt = (await store.describe(RUN_FILES.record(id)))?.modifiedAt;
      const record = await reader.record(id, fingerprint);
      if (record === undefined) {
        yield { chunk: id };
        continue;
      }
      done.add(id);
      const chunk = await reader.chunk(plan.fingerprint, id);
      const { textname } = findDocument(plan, chunk.document);
      // A run on a part of the input may have removed them, and its place in a changed text is in them.
      await writeChunkFiles(store, record, chunk, textname, recordedAt);
      yield { chunk: id, done: { record, text: chunk.text, textname } };
    }
  }
  // Just before the files are put in place.
  requireWanted();
}

/** The run may have been ended and started anew meanwhile: then its files are no longer ours to write. */
function requireWanted(): void {
  if (isSuperseded()) throw waitingCall('nobody waits for this dataset any more', 0);
}

/** Files of chunks that are no longer in the input, or were made under other settings. */
async function removeStaleFiles(store: Store, done: Set<string>): Promise<void> {
  for (const folder of CHUNK_FOLDERS) {
    for (const path of await store.paths(folder)) {
      const chunk = chunkOfFile(path);
      if (chunk === undefined || !done.has(chunk)) await store.remove(path);
    }
  }
}

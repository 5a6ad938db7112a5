import { chunkDocument } from '../ingest/chunk-document.js';
import { chooseSubset, type Subset } from '../ingest/subset.js';
import type { ManifestEntry, PlannedDocument, RunPlan } from '../planning/run-plan.js';
import { fingerprintChunk } from '../planning/run-plan.js';
import { batchSizeFor } from '../planning/windows.js';
import type { Chunk } from '../records.js';
import { blockPath, renderBlock } from '../store/chunk-blocks.js';
import { readControl } from '../store/control.js';
import type { LeaseKeeper } from '../store/leases.js';
import { RUN_FILES } from '../store/run-files.js';
import { sealFile } from '../store/sealed.js';
import type { Store } from '../store/store.js';
import type { PrepareRunInput, PrepareRunResult } from './contract.js';
import { withHeartbeats } from './heartbeats.js';
import type { RunReader } from '../planning/run-reader.js';
import { sweepLeftovers } from './sweep-leftovers.js';

export interface PrepareRunDependencies {
  store: Store;
  reader: RunReader;
  leases: Pick<LeaseKeeper, 'waitForOthers'>;
}

export function createPrepareRun(dependencies: PrepareRunDependencies) {
  return (input: PrepareRunInput): Promise<PrepareRunResult> => withHeartbeats(() => prepareRun(input, dependencies));
}

async function prepareRun(
  { plan: fingerprint, openChunks }: PrepareRunInput,
  dependencies: PrepareRunDependencies,
): Promise<PrepareRunResult> {
  const { store, reader, leases } = dependencies;
  const plan = await reader.plan(fingerprint);
  // Calls that an ended run left in flight must be known here before this one asks for the same.
  await leases.waitForOthers();

  const subset = plan.subset === undefined ? undefined : await chooseChunks(plan, plan.subset, reader);
  const entries: ManifestEntry[] = [];
  for (const document of plan.documents)
    entries.push(...(await prepareDocument(plan, document, subset?.chosen, dependencies)));
  const size = batchSizeFor(entries.length, openChunks);
  const batches = Math.ceil(entries.length / size);
  for (let batch = 1; batch <= batches; batch += 1) {
    const chunks = entries.slice((batch - 1) * size, batch * size);
    await store.write(RUN_FILES.manifestPage(fingerprint, batch), sealFile({ chunks }));
  }
  await sweepLeftovers(store, fingerprint);
  const control = await readControl(store);
  const notes = describeLeftOut(plan, subset?.leftOut ?? []);
  return { chunks: entries.length, batches, paused: control?.paused ?? false, notes };
}

async function chooseChunks(plan: RunPlan, size: number, reader: RunReader): Promise<Subset> {
  const all: { id: string; document: string }[] = [];
  for (const document of plan.documents) {
    for await (const { id } of cutDocument(plan, document, reader)) all.push({ id, document: document.id });
  }
  return chooseSubset(all, size, plan.settings.seed);
}

/** Thousands of names would help nobody. */
const MOST_NAMED = 20;

function describeLeftOut({ documents, subset }: RunPlan, leftOut: readonly string[]): string[] {
  if (leftOut.length === 0) return [];
  const paths = documents.filter(({ id }) => leftOut.includes(id)).map(({ path }) => path);
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return [`SUBSET_SIZE ${subset} takes no chunk of ${paths.slice(0, MOST_NAMED).join(', ')}${more}`];
}

/** Writes a document's chunks, and returns their places in the manifest. */
async function prepareDocument(
  plan: RunPlan,
  document: PlannedDocument,
  chosen: Set<string> | undefined,
  { store, reader }: PrepareRunDependencies,
): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  let block: Chunk[] = [];
  for await (const chunk of cutDocument(plan, document, reader)) {
    if (chosen !== undefined && !chosen.has(chunk.id)) continue;
    const rounds = plan.retries?.[chunk.id];
    entries.push({
      id: chunk.id,
      fingerprint: fingerprintChunk(plan, document, chunk),
      label: labelOf(chunk, document),
      source: document.path,
      ...(rounds && { rounds }),
    });
    if (blockPath(block[0]?.id ?? chunk.id) !== blockPath(chunk.id)) {
      await writeBlock(store, block);
      block = [];
    }
    block.push(chunk);
  }
  await writeBlock(store, block);
  return entries;
}

async function writeBlock(store: Store, chunks: readonly Chunk[]): Promise<void> {
  const path = blockPath(chunks[0]?.id ?? '');
  if (path === undefined) return;
  const content = renderBlock(chunks);
  // Reading is much cheaper than writing durably, and most blocks of a run that is started again are there.
  if ((await store.read(path)) !== content) await store.write(path, content);
}

/** Lets other work of this process go on between chunks, heartbeats above all. */
async function* cutDocument(plan: RunPlan, document: PlannedDocument, reader: RunReader): AsyncIterable<Chunk> {
  const text = await reader.documentText(document);
  for (const chunk of chunkDocument({ id: document.id, text }, plan.chunkSize)) {
    yield chunk;
    await new Promise((done) => setImmediate(done));
  }
}

function labelOf({ ordinal, heading }: Chunk, { textname }: PlannedDocument): string {
  return `${textname}, chunk ${ordinal}${heading === undefined ? '' : `: ${heading}`}`;
}

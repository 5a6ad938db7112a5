import type { CallRecord } from '../../src/call-record.js';
import { fingerprintPlan, planDocument, type RunPlan, writePlan } from '../../src/planning/run-plan.js';
import type { Chunk, ChunkRecord } from '../../src/records.js';
import { blockPath, renderBlock } from '../../src/store/chunk-blocks.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile, sealLine } from '../../src/store/sealed.js';
import type { Store } from '../../src/store/store.js';
import { SAMPLE_PLAN } from './sample-plan.js';
import { SAMPLE_CHUNK } from './sample-records.js';

const TEXT = `${SAMPLE_CHUNK.text}\n\nA weir holds the river back.`;

/** Two chunks of one document. */
export const CHUNKS: readonly Chunk[] = [
  {
    ...SAMPLE_CHUNK,
    id: 'canals-0a1b2c-00001-01234567',
    ordinal: 1,
    span: { start: 0, end: SAMPLE_CHUNK.text.length },
  },
  {
    id: 'canals-0a1b2c-00002-89abcdef',
    document: SAMPLE_CHUNK.document,
    ordinal: 2,
    span: { start: SAMPLE_CHUNK.text.length + 2, end: TEXT.length },
    text: 'A weir holds the river back.',
  },
];

const PLAN: RunPlan = fingerprintPlan({
  ...SAMPLE_PLAN,
  documents: [planDocument({ id: SAMPLE_CHUNK.document, path: 'canals.txt', textname: 'Canals', text: TEXT })],
});

export interface Archived {
  /** By chunk; others are not done. Their fingerprints become those of the manifest. */
  records?: readonly ChunkRecord[];
  calls?: readonly CallRecord[];
  skipped?: RunPlan['skipped'];
}

/** Writes a prepared run with these records and calls; gives its plan's fingerprint. */
export async function writeArchive(
  store: Store,
  { records = [], calls = [], skipped = [] }: Archived = {},
): Promise<string> {
  await writePlan(store, { ...PLAN, skipped });
  await store.write(RUN_FILES.document(SAMPLE_CHUNK.document), TEXT);
  await store.write(blockPath(CHUNKS[0]?.id ?? '') ?? '', renderBlock(CHUNKS));
  const entries = CHUNKS.map(({ id, ordinal }) => ({
    id,
    fingerprint: `made-${ordinal}`,
    label: `Canals, chunk ${ordinal}`,
    source: 'canals.txt',
  }));
  await store.write(RUN_FILES.manifestPage(PLAN.fingerprint, 1), sealFile({ chunks: entries }));
  for (const record of records) {
    const fingerprint = entries.find(({ id }) => id === record.chunk)?.fingerprint ?? '';
    await store.write(RUN_FILES.record(record.chunk), sealFile({ ...record, fingerprint }));
  }
  for (const chunk of new Set(calls.map(({ call }) => call.chunk))) {
    const lines = calls.filter(({ call }) => call.chunk === chunk).map((call) => `${sealLine(call)}\n`);
    await store.write(RUN_FILES.foldedCalls(chunk), lines.join(''));
  }
  return PLAN.fingerprint;
}

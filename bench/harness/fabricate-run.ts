import type { ManifestEntry } from '../../src/planning/run-plan.js';
import type { Chunk, ChunkRecord } from '../../src/records.js';
import { sha256 } from '../../src/store/canonical.js';
import { blockPath, renderBlock } from '../../src/store/chunk-blocks.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { SAMPLE_PLAN } from '../../test/support/sample-plan.js';
import { ChunkFinisher } from './finished-chunks.js';
import { sentences } from './sentences.js';

const CHUNKS_OF_A_BATCH = 250;
/** About as long as 400 tokens. */
const CHARACTERS_OF_A_CHUNK = 1_500;
const FINGERPRINT = 'f'.repeat(64);
const DOCUMENT = SAMPLE_PLAN.documents[0];

/** Writes what so many finished chunks of one text leave, as if they had been done. */
export function fabricateRun(
  output: string,
  chunks: number,
  templates: readonly ChunkRecord[],
): { fingerprint: string; batches: number } {
  const finisher = new ChunkFinisher(output, templates);
  const { fingerprint } = SAMPLE_PLAN;
  finisher.write(RUN_FILES.plan(fingerprint), sealFile(SAMPLE_PLAN));
  const next = sentences(1);
  const batches = Math.ceil(chunks / CHUNKS_OF_A_BATCH);
  for (let batch = 1; batch <= batches; batch += 1) {
    const first = (batch - 1) * CHUNKS_OF_A_BATCH + 1;
    const size = Math.min(CHUNKS_OF_A_BATCH, chunks + 1 - first);
    const made = Array.from({ length: size }, (_, index) => chunkOf(first + index, next));
    finisher.write(RUN_FILES.manifestPage(fingerprint, batch), sealFile({ chunks: made.map(entryOf) }));
    writeBlocks(finisher, made);
    for (const chunk of made) {
      finisher.finish({ chunk, fingerprint: FINGERPRINT, textname: DOCUMENT?.textname ?? '' });
    }
  }
  return { fingerprint, batches };
}

function chunkOf(ordinal: number, next: () => string): Chunk {
  let text = next();
  while (text.length < CHARACTERS_OF_A_CHUNK) text += ` ${next()}`;
  const document = DOCUMENT?.id ?? '';
  const id = `${document}-${String(ordinal).padStart(5, '0')}-${sha256(text).slice(0, 8)}`;
  const start = ordinal * CHARACTERS_OF_A_CHUNK;
  return { id, document, ordinal, span: { start, end: start + text.length }, text };
}

function entryOf({ id, ordinal }: Chunk): ManifestEntry {
  return {
    id,
    fingerprint: FINGERPRINT,
    label: `${DOCUMENT?.textname}, chunk ${ordinal}`,
    source: DOCUMENT?.path ?? '',
  };
}

function writeBlocks(finisher: ChunkFinisher, chunks: readonly Chunk[]): void {
  for (const chunk of chunks) finisher.append(blockPath(chunk.id) ?? '', renderBlock([chunk]));
}

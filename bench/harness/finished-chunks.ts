import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHUNK_FOLDERS, chunkFile, chunkFileRenderers } from '../../src/outputs/chunk-files.js';
import type { Chunk, ChunkRecord } from '../../src/records.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile, sealLine } from '../../src/store/sealed.js';
import { sampleCall } from '../../test/support/sample-records.js';

/** What a chunk of a fabricated run is, and what its record is to say of the conditions. */
export interface FinishedChunk {
  chunk: Chunk;
  fingerprint: string;
  textname: string;
}

/**
 * Writes what a worker leaves of a chunk that came to its end: record, files and journal. Not durably, because that
 * takes long, and nothing here outlives a benchmark.
 */
export class ChunkFinisher {
  readonly #made = new Set<string>();

  constructor(
    private readonly output: string,
    private readonly templates: readonly ChunkRecord[],
  ) {}

  finish({ chunk, fingerprint, textname }: FinishedChunk): void {
    const template = this.templates[chunk.ordinal % this.templates.length];
    if (template === undefined) throw new Error('there are no templates');
    const record = { ...varied(template, chunk.id), chunk: chunk.id, fingerprint };
    const renderers = chunkFileRenderers(record, chunk, { paragraph: chunk.text, textname });
    for (const folder of CHUNK_FOLDERS) {
      const content = renderers[folder]?.();
      if (content !== undefined) this.write(chunkFile(folder, chunk.id), content);
    }
    // What is in a journal is not read again: one call stands for them all.
    this.write(RUN_FILES.foldedCalls(chunk.id), `${sealLine(sampleCall('judge', { chunk: chunk.id }))}\n`);
    this.write(RUN_FILES.record(chunk.id), sealFile(record));
  }

  write(path: string, content: string): void {
    writeFileSync(this.#place(path), content);
  }

  append(path: string, content: string): void {
    appendFileSync(this.#place(path), content);
  }

  #place(path: string): string {
    const file = join(this.output, path);
    const folder = dirname(file);
    if (!this.#made.has(folder)) mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
    return file;
  }
}

/** No two chunks have the same conversations. */
function varied(template: ChunkRecord, mark: string): ChunkRecord {
  const conversations = template.conversations.map((each) => ({
    ...each,
    ...(each.conversation && {
      conversation: {
        ...each.conversation,
        turns: each.conversation.turns.map((turn) => ({ ...turn, text: `${turn.text} (${mark})` })),
      },
    }),
  }));
  return { ...template, conversations };
}

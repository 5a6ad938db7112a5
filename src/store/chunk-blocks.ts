import type { Chunk } from '../records.js';
import { RUN_FILES } from './run-files.js';
import { openSealed, sealLine } from './sealed.js';

/**
 * Chunks lie in blocks, a few dozen neighbours of one document in a file with a line for each: to write and to read a
 * file costs more than what is in it.
 */
const CHUNKS_OF_A_BLOCK = 64;

const CHUNK_ID = /^(?<document>.+)-(?<ordinal>\d+)-[0-9a-f]+$/;

/** The file that holds a chunk; `undefined` where that is no chunk's id. */
export function blockPath(chunk: string): string | undefined {
  const { document, ordinal } = CHUNK_ID.exec(chunk)?.groups ?? {};
  if (document === undefined) return undefined;
  return RUN_FILES.chunkBlock(document, Math.ceil(Number(ordinal) / CHUNKS_OF_A_BLOCK));
}

export function renderBlock(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => `${sealLine(chunk)}\n`).join('');
}

/** The whole chunks of a block by their ids, and whether there are others that were cut off or altered. */
export function openBlock(text: string): { chunks: Map<string, Chunk>; isDamaged: boolean } {
  const lines = text.split('\n').filter((line) => line !== '');
  const opened = lines.map((line) => openSealed(line) as Chunk | undefined);
  const whole = opened.filter((chunk) => chunk !== undefined);
  return { chunks: new Map(whole.map((chunk) => [chunk.id, chunk])), isDamaged: whole.length < lines.length };
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chunkDocument } from '../../src/ingest/chunk-document.js';
import { countTokens } from '../../src/ingest/tokens.js';
import { sentences } from './sentences.js';

/** Tokens of a chunk at most: the default of CHUNK_SIZE. */
const CHUNK_SIZE = 400;
const NAME_DIGITS = 5;

export interface Texts {
  /** How many chunks all documents give together. */
  chunks: number;
  documents: number;
  seed: number;
}

/** Writes `document-00001.txt` and so on, which give exactly so many chunks of nearly 400 tokens; the same for one seed. */
export async function writeTexts(folder: string, { chunks, documents, seed }: Texts): Promise<void> {
  await mkdir(folder, { recursive: true });
  const next = sentences(seed);
  for (let index = 0; index < documents; index += 1) {
    const share = Math.floor(((index + 1) * chunks) / documents) - Math.floor((index * chunks) / documents);
    const name = `document-${String(index + 1).padStart(NAME_DIGITS, '0')}`;
    const text = documentOf(share, next);
    requireChunks(text, share);
    await writeFile(join(folder, `${name}.txt`), text);
  }
}

/** Each chunk is a paragraph: it is as full as whole sentences make it, and the first that does not fit begins the next. */
function documentOf(chunks: number, next: () => string): string {
  const paragraphs: string[] = [];
  let sentence = next();
  while (paragraphs.length < chunks) {
    const paragraph = [sentence];
    let tokens = countTokens(sentence);
    for (sentence = next(); ; sentence = next()) {
      tokens += countTokens(` ${sentence}`);
      if (tokens > CHUNK_SIZE) break;
      paragraph.push(sentence);
    }
    paragraphs.push(paragraph.join(' '));
  }
  return `${paragraphs.join('\n\n')}\n`;
}

function requireChunks(text: string, wanted: number): void {
  const made = [...chunkDocument({ id: 'document', text }, CHUNK_SIZE)].length;
  if (made !== wanted) throw new Error(`a text of ${wanted} chunks was meant, and it has ${made}`);
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTexts, type Texts } from '../../bench/harness/texts.js';
import { chunkDocument } from '../../src/ingest/chunk-document.js';
import { countTokens } from '../../src/ingest/tokens.js';
import { pairPool } from '../../src/rehearsal/plays/pair-pool.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const temporaryFolder = temporaryFolders();
const CHUNK_SIZE = 400;

async function documentsOf(texts: Texts): Promise<string[]> {
  const folder = await temporaryFolder();
  await writeTexts(folder, texts);
  return Promise.all((await readdir(folder)).toSorted().map((name) => readFile(join(folder, name), 'utf8')));
}

function chunksOf(documents: readonly string[]): string[] {
  return documents.flatMap((text) => [...chunkDocument({ id: 'a', text }, CHUNK_SIZE)].map((chunk) => chunk.text));
}

describe('writeTexts', () => {
  it.each([
    { chunks: 1, documents: 1 },
    { chunks: 7, documents: 3 },
    { chunks: 120, documents: 2 },
  ])('gives as many chunks as it is asked for: %j', async (wanted) => {
    const documents = await documentsOf({ ...wanted, seed: 5 });
    expect([documents.length, chunksOf(documents).length]).toEqual([wanted.documents, wanted.chunks]);
  });

  it('fills each chunk nearly', async () => {
    const sizes = chunksOf(await documentsOf({ chunks: 40, documents: 2, seed: 1 })).map(countTokens);
    expect(Math.min(...sizes)).toBeGreaterThan(360);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(CHUNK_SIZE);
  });

  it('gives sentences of which four different pairs can be made', async () => {
    const chunks = chunksOf(await documentsOf({ chunks: 40, documents: 2, seed: 1 }));
    for (const chunk of chunks) {
      const answers = pairPool(chunk, 4).map(({ answer }) => answer);
      expect(answers.filter((answer) => chunk.includes(answer))).toHaveLength(4);
    }
  });

  it('writes the same for the same seed, and something else for another', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => documentsOf({ chunks: 3, documents: 1, seed })),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

import { createHash } from 'node:crypto';

export interface Subset {
  chosen: Set<string>;
  /** Documents of which no chunk was chosen, in input order. */
  leftOut: string[];
}

/**
 * Chooses `size` chunks, spread over the documents: in turn each document (in input order) gives its next chunk in the
 * order of hash(seed, chunk id). A larger size chooses all that a smaller one does, and more.
 */
export function chooseSubset(chunks: readonly { id: string; document: string }[], size: number, seed: number): Subset {
  const waiting = chunksByDocument(chunks, seed);
  const chosen = new Set<string>();
  for (let round = 0; chosen.size < Math.min(size, chunks.length); round++) {
    for (const ids of waiting.values()) {
      const id = ids[round];
      if (id !== undefined && chosen.size < size) chosen.add(id);
    }
  }
  const leftOut = [...waiting].filter(([, ids]) => !ids.some((id) => chosen.has(id))).map(([document]) => document);
  return { chosen, leftOut };
}

/** Documents in input order, the chunks of each in the order in which they are drawn. */
function chunksByDocument(chunks: readonly { id: string; document: string }[], seed: number): Map<string, string[]> {
  const drawn = chunks
    .map((chunk) => ({ ...chunk, key: createHash('sha256').update(`${seed}:${chunk.id}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const byDocument = new Map<string, string[]>(chunks.map(({ document }) => [document, []]));
  for (const { id, document } of drawn) byDocument.get(document)?.push(id);
  return byDocument;
}

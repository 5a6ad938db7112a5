import { chooseSubset } from '../../src/ingest/subset.js';

const CHUNKS = Object.entries({ long: 30, short: 2, middle: 8 }).flatMap(([document, count]) =>
  Array.from({ length: count }, (_, at) => ({ id: `${document}-${at}`, document })),
);

function documentsOf(chosen: Set<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { id, document } of CHUNKS) if (chosen.has(id)) counts[document] = (counts[document] ?? 0) + 1;
  return counts;
}

describe('chooseSubset', () => {
  it('takes from each document in turn, and all of a short one', () => {
    expect(documentsOf(chooseSubset(CHUNKS, 13, 1).chosen)).toEqual({ long: 6, short: 2, middle: 5 });
  });

  it('chooses with a larger size all that a smaller one does', () => {
    for (let size = 1; size <= CHUNKS.length; size++) {
      const larger = chooseSubset(CHUNKS, size, 7).chosen;
      const smaller = chooseSubset(CHUNKS, size - 1, 7).chosen;
      expect(larger.size).toBe(size);
      expect([...smaller].every((id) => larger.has(id))).toBe(true);
    }
  });

  it('draws by the seed, and never by the order of the chunks', () => {
    const chosen = chooseSubset(CHUNKS, 9, 1).chosen;
    expect(chooseSubset(CHUNKS, 9, 2).chosen).not.toEqual(chosen);
    const shuffled = CHUNKS.toSorted((a, b) => (a.document === b.document ? b.id.localeCompare(a.id) : 0));
    expect(chooseSubset(shuffled, 9, 1).chosen).toEqual(chosen);
  });

  it('names the documents it left out', () => {
    expect(chooseSubset(CHUNKS, 2, 1).leftOut).toEqual(['middle']);
    expect(chooseSubset(CHUNKS, 0, 1).leftOut).toEqual(['long', 'short', 'middle']);
    expect(chooseSubset(CHUNKS, 3, 1).leftOut).toEqual([]);
  });

  it('chooses all where the size is larger than what there is', () => {
    expect(chooseSubset(CHUNKS, 1000, 1).chosen.size).toBe(CHUNKS.length);
    expect(chooseSubset([], 13, 1)).toEqual({ chosen: new Set(), leftOut: [] });
  });
});

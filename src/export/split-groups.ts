import { seededRandom, shuffle } from '../random.js';

export type SplitName = 'train' | 'validation';

/** What stays together: a text is in one half only, so that nothing of validation was seen in training. */
export type SplitBy = 'document' | 'chunk';

/**
 * Chooses which groups are for validation: drawn by seed, until they come as near to the share of all rows as they can,
 * at least one and never all.
 *
 * @param sizes rows of each group, in the order of the run
 * @param share 0 to 1; 0: none
 * @returns the groups for validation; `undefined` where there are too few groups
 */
export function chooseValidation(
  sizes: ReadonlyMap<string, number>,
  share: number,
  seed: number,
): Set<string> | undefined {
  if (share === 0) return new Set();
  if (sizes.size < 2) return undefined;
  const wanted = share * [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const chosen = new Set<string>();
  let rows = 0;
  for (const [group, size] of shuffle([...sizes], seededRandom(seed, 'validation'))) {
    if (chosen.size === sizes.size - 1) break;
    const isNearer = Math.abs(rows + size - wanted) < Math.abs(rows - wanted);
    if (!isNearer && chosen.size > 0) continue;
    chosen.add(group);
    rows += size;
  }
  return chosen;
}

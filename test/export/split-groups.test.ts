import { seededRandom } from '../../src/random.js';
import { chooseValidation } from '../../src/export/split-groups.js';

const sizes = (...counts: number[]) => new Map(counts.map((count, index) => [`group ${index}`, count]));

it.each([0.05, 0.1, 0.25, 0.5, 0.9])('comes near to a share of %d, is never empty, and never all', (share) => {
  const random = seededRandom('sizes', share);
  for (let seed = 1; seed <= 50; seed += 1) {
    const groups = sizes(...Array.from({ length: 2 + Math.floor(random() * 40) }, () => 1 + Math.floor(random() * 20)));
    const rows = [...groups.values()].reduce((sum, size) => sum + size, 0);
    const chosen = chooseValidation(groups, share, seed) ?? new Set();
    const held = [...chosen].reduce((sum, group) => sum + (groups.get(group) ?? 0), 0);
    expect(chosen.size).toBeGreaterThan(0);
    expect(chosen.size).toBeLessThan(groups.size);
    // The largest group is 20; where there are few, one must be chosen and one left, however large.
    expect(groups.size > 20 ? Math.abs(held - share * rows) : 0).toBeLessThanOrEqual(20);
  }
});

it('is the same for the same seed, and another for another', () => {
  const groups = sizes(...Array.from({ length: 30 }, () => 3));
  expect(chooseValidation(groups, 0.2, 7)).toEqual(chooseValidation(groups, 0.2, 7));
  expect(chooseValidation(groups, 0.2, 7)).not.toEqual(chooseValidation(groups, 0.2, 8));
});

it('is nothing where nothing is wanted, and cannot be of one group', () => {
  expect(chooseValidation(sizes(5, 5), 0, 1)).toEqual(new Set());
  expect(chooseValidation(sizes(10), 0.5, 1)).toBeUndefined();
});

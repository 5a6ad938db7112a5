import { ChanceRefusals } from '../../src/llm/chance-refusals.js';

/** Of so many calls at a rate, each `every`-th is refused; gives how many refusals counted as by chance. */
function refuse(chance: ChanceRefusals, isBelow: boolean, calls: number, every: number): number {
  let byChance = 0;
  for (let call = 1; call <= calls; call += 1) {
    chance.started(isBelow);
    if (call % every === 0 && chance.refused(isBelow)) byChance += 1;
  }
  return byChance;
}

it('the first refusal at a new rate is about the rate', () => {
  expect(refuse(new ChanceRefusals(), false, 100, 100)).toBe(0);
});

it('a few at a rate that was taken before are by chance, and many are not', () => {
  expect(refuse(new ChanceRefusals(), true, 400, 25)).toBe(16);
  expect(refuse(new ChanceRefusals(), true, 100, 2)).toBeLessThan(5);
});

it('as many as there were below are by chance also at the rate that is tried, and more are not', () => {
  const chance = new ChanceRefusals();
  refuse(chance, true, 400, 25);
  expect(refuse(chance, false, 400, 25)).toBe(16);
  expect(refuse(chance, false, 100, 4)).toBeLessThan(15);
});

it('where there were none below, one is about the rate', () => {
  const chance = new ChanceRefusals();
  refuse(chance, true, 400, 1_000);
  expect(refuse(chance, false, 100, 50)).toBe(0);
});

it('what was long ago does not cover up a limit', () => {
  const chance = new ChanceRefusals();
  refuse(chance, true, 400, 25);
  refuse(chance, false, 10_000, 25);
  expect(refuse(chance, false, 40, 1)).toBeLessThan(20);
});

it('after a slow-down all is open again', () => {
  const chance = new ChanceRefusals();
  refuse(chance, true, 400, 25);
  chance.forget();
  expect(refuse(chance, false, 100, 50)).toBe(0);
});

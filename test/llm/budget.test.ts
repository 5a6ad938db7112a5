import { Budget, describeUncounted } from '../../src/llm/budget.js';
import { Limiter } from '../../src/llm/limiter.js';
import type { ModelTotals } from '../../src/records.js';
import { ANY_CALL } from '../support/calls.js';

const PRICES = { small: { INPUT: 1, OUTPUT: 1 } };

/** A worker with two limiters; `spend` says what all workers spent so far. */
function openDesk() {
  const told: (string | undefined)[] = [];
  const limiters = [new Limiter(2), new Limiter(2)];
  const paid: ModelTotals = {};
  const budget = new Budget({ paid: () => paid, limiters, onChange: (message) => told.push(message) });
  const spend = (money: number) => {
    paid['small'] = { calls: 1, prompt: money * 1_000_000, cached: 0, completion: 0 };
    budget.check();
  };
  const reasons = () => limiters.map((limiter) => limiter.state().closed?.reason);
  return { budget, limiters, spend, told, reasons };
}

describe('a budget', () => {
  it('closes all limiters once as much is spent as may be, and says how to go on', async () => {
    const { budget, limiters, spend, told, reasons } = openDesk();
    budget.set({ maxCost: 5, prices: PRICES });
    spend(4.99);
    expect(reasons()).toEqual([undefined, undefined]);
    spend(5);
    expect(reasons()).toEqual(['over budget', 'over budget']);
    expect(told).toEqual([
      'LIMITS.MAX_COST 5.00 is reached, 5.00 is spent: no new calls start. ' +
        '`npx augmentoolkit resume --max-cost N` lets the run go on until N is spent',
    ]);
    expect(await limiters[0]?.start(ANY_CALL)).toMatchObject({ start: false, message: told[0] });
  });

  it('is told of once, however much the calls in flight still cost', () => {
    const { budget, spend, told } = openDesk();
    budget.set({ maxCost: 5, prices: PRICES });
    for (const money of [5.1, 5.2, 5.3]) spend(money);
    budget.set({ maxCost: 5, prices: PRICES });
    expect(told).toEqual([expect.stringContaining('5.10 is spent')]);
  });

  it('that is raised lets calls start, or says anew where it does not suffice', () => {
    const { budget, spend, told, reasons } = openDesk();
    budget.set({ maxCost: 5, prices: PRICES });
    spend(8);
    budget.set({ maxCost: 7, prices: PRICES });
    expect(reasons()).toEqual(['over budget', 'over budget']);
    budget.set({ maxCost: 9, prices: PRICES });
    expect(reasons()).toEqual([undefined, undefined]);
    spend(9);
    budget.set({ maxCost: 0, prices: PRICES });
    expect(reasons()).toEqual([undefined, undefined]);
    expect(told.map((message) => message?.slice(0, 20))).toEqual([
      'LIMITS.MAX_COST 5.00',
      'LIMITS.MAX_COST 7.00',
      undefined,
      'LIMITS.MAX_COST 9.00',
      undefined,
    ]);
  });

  it('counts with the prices in force', () => {
    const { budget, spend, reasons } = openDesk();
    budget.set({ maxCost: 5, prices: PRICES });
    spend(4);
    budget.set({ maxCost: 5, prices: { small: { INPUT: 2, OUTPUT: 2 } } });
    expect(reasons()).toEqual(['over budget', 'over budget']);
    budget.set({ maxCost: 5, prices: PRICES });
    expect(reasons()).toEqual([undefined, undefined]);
  });
});

it('models for which a limit cannot hold are named, with the reason', () => {
  const calls = { calls: 1, prompt: 10, cached: 0, completion: 1 };
  const small = { ...calls, cost: 0.5 };
  const models = { old: calls, small, silent: { ...calls, prompt: 0, completion: 0, cost: 0 } };
  expect(describeUncounted({ models, cost: 0.5 }, 5)).toBe(
    'LIMITS.MAX_COST does not hold for old (PRICES has no price), silent (the service does not say what a call takes)',
  );
  expect(describeUncounted({ models, cost: 0.5 }, 0)).toBeUndefined();
  expect(describeUncounted({ models: { small }, cost: 0.5 }, 5)).toBeUndefined();
});

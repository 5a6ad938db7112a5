import type { BudgetTerms } from '../../src/llm/budget.js';
import { Limiter } from '../../src/llm/limiter.js';
import { createSteering } from '../../src/llm/steer-limiters.js';
import { writeControl } from '../../src/store/control.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

/** A worker with one of two parts of a limit of 50. */
async function openDesk() {
  const store = new LocalStore(await newFolder());
  const limiter = new Limiter(1);
  const trouble: { lease?: string; journal?: string; money?: string } = {};
  const problems: string[] = [];
  const terms: BudgetTerms[] = [];
  const steer = createSteering({
    store,
    limiters: new Map([['logical', limiter]]),
    leases: {
      share: (_queue, { concurrencyLimit, requestsPerMinute, tokensPerMinute }) => ({
        concurrencyLimit: concurrencyLimit / 2,
        requestsPerMinute: requestsPerMinute / 2,
        tokensPerMinute: tokensPerMinute / 2,
      }),
      get trouble() {
        return trouble.lease;
      },
    },
    journal: {
      get trouble() {
        return trouble.journal;
      },
    },
    spending: {
      budget: { set: (given) => void terms.push(given) },
      get trouble() {
        return trouble.money;
      },
    },
    limits: { concurrencyLimit: 50, requestsPerMinute: 600 },
    onProblem: (message) => problems.push(message),
  });
  return { store, limiter, trouble, problems, terms, steer };
}

describe("a worker's limiters", () => {
  it('have its part of what the settings say, until control.json says otherwise', async () => {
    const { store, limiter, steer } = await openDesk();
    await steer();
    expect(limiter.state()).toMatchObject({ limit: 25, requestsPerMinute: 300 });
    expect(limiter.state()).not.toHaveProperty('tokensPerMinute');
    await writeControl(store, { paused: true, concurrencyLimit: 8, tokensPerMinute: 9_000 });
    await steer();
    expect(limiter.state()).toMatchObject({ limit: 4, tokensPerMinute: 4_500, closed: { reason: 'paused' } });
    expect(limiter.state()).not.toHaveProperty('requestsPerMinute');
  });

  it('keep to the budget of control.json, and to none where it has none', async () => {
    const { store, terms, steer } = await openDesk();
    const prices = { small: { INPUT: 1, OUTPUT: 2 } };
    await steer();
    await writeControl(store, { paused: false, concurrencyLimit: 8, maxCost: 5, prices });
    await steer();
    expect(terms).toEqual([
      { maxCost: 0, prices: {} },
      { maxCost: 5, prices },
    ]);
  });

  it('stay paused while control.json cannot be read', async () => {
    const { store, limiter, problems, steer } = await openDesk();
    await writeControl(store, { paused: true, concurrencyLimit: 8 });
    await steer();
    await store.write(RUN_FILES.control, '{"paused":');
    await steer();
    expect(limiter.isPaused).toBe(true);
    expect(problems).toEqual([expect.stringContaining('control.json could not be read')]);
  });

  it('are closed until control.json was read once: the run may be paused', async () => {
    const { store, limiter, steer } = await openDesk();
    await store.write(RUN_FILES.control, '{"paused":');
    await steer();
    expect(limiter.state().closed?.message).toContain('control.json could not be read');
    await writeControl(store, { paused: false, concurrencyLimit: 8 });
    await steer();
    expect(limiter.state().closed).toBeUndefined();
  });

  it.each(['lease', 'journal', 'money'] as const)(
    'are closed while there is trouble with the %s, and say what',
    async (where) => {
      const { limiter, trouble, steer } = await openDesk();
      trouble[where] = 'the disk is full';
      await steer();
      expect(limiter.state().closed).toEqual({ reason: 'output unusable', message: 'the disk is full' });
      delete trouble[where];
      await steer();
      expect(limiter.state().closed).toBeUndefined();
    },
  );
});

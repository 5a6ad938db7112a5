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
  const trouble: { lease?: string; journal?: string } = {};
  const problems: string[] = [];
  const steer = createSteering({
    store,
    limiters: new Map([['logical', limiter]]),
    leases: {
      share: (_queue, limit) => limit / 2,
      get trouble() {
        return trouble.lease;
      },
    },
    journal: {
      get trouble() {
        return trouble.journal;
      },
    },
    concurrencyLimit: 50,
    onProblem: (message) => problems.push(message),
  });
  return { store, limiter, trouble, problems, steer };
}

describe("a worker's limiters", () => {
  it('have its part of what the settings say, until control.json says otherwise', async () => {
    const { store, limiter, steer } = await openDesk();
    await steer();
    expect(limiter.state()).toMatchObject({ limit: 25 });
    await writeControl(store, { paused: true, concurrencyLimit: 8 });
    await steer();
    expect(limiter.state()).toMatchObject({ limit: 4, closed: { reason: 'paused' } });
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

  it.each(['lease', 'journal'] as const)(
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

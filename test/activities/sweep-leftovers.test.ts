import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sweepLeftovers } from '../../src/activities/sweep-leftovers.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

describe('what earlier runs left', () => {
  let store: LocalStore;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
  });

  async function leave(path: string, minutesOld: number): Promise<void> {
    const at = join(store.location, path);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, '{}');
    const then = Date.now() / 1_000 - 60 * minutesOld;
    await utimes(at, then, then);
  }

  async function remaining(paths: string[]): Promise<string[]> {
    const exist = await Promise.all(paths.map((path) => store.exists(path)));
    return paths.filter((_path, index) => exist[index]);
  }

  it('goes, but for the plan in force and the last three before it', async () => {
    const plans = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
    for (const [minutes, plan] of plans.entries()) {
      await leave(RUN_FILES.plan(plan), minutes);
      await leave(RUN_FILES.manifestPage(plan, 1), minutes);
      await leave(RUN_FILES.manifestPage(plan, 2), minutes);
    }
    // The oldest of all is in force again.
    await sweepLeftovers(store, 'p5');
    const kept = ['p0', 'p1', 'p2', 'p5'];
    expect(await remaining(plans.map(RUN_FILES.plan))).toEqual(kept.map(RUN_FILES.plan));
    expect(await remaining(plans.map((plan) => RUN_FILES.manifestPage(plan, 2)))).toEqual(
      kept.map((plan) => RUN_FILES.manifestPage(plan, 2)),
    );
  });

  it('goes where a writer was killed more than an hour ago; leases stay', async () => {
    const paths = [
      'generations/c/judge.0123456789ab.json.01234567-89ab.tmp',
      'records/c.json.01234567-89ab.tmp',
      RUN_FILES.worker('dead'),
    ];
    await leave(paths[0] ?? '', 61);
    await leave(paths[1] ?? '', 59);
    await leave(paths[2] ?? '', 10_000);
    await sweepLeftovers(store, 'p0');
    expect(await remaining(paths)).toEqual(paths.slice(1));
  });
});

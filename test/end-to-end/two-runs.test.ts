import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readRecordedCalls } from '../support/dataset.js';

const MINUTES = 60_000;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

const FEW = ['SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=3'];

describe('a second run in the same output folder', () => {
  it(
    'is refused while the first is at work with other settings, which goes on undisturbed',
    async () => {
      // So slow that the first is still at work when the others have been refused.
      const model = await bench.model({ latencyMs: 5_000 });
      const settings = bench.settings(model, 'refused', 'SYSTEM.CONCURRENCY_LIMIT=20', ...FEW);
      const first = finish(bench.spawn('run', settings));
      await until('calls are made', () => model.stats().calls > 2);
      for (const command of ['run', 'start']) {
        const second = await bench.augmentoolkit(command, [...settings, '--set', 'SYSTEM.DOUBLE_CHECK_COUNTER=5']);
        expect(second).toMatchObject({ code: 2, stdout: '' });
        expect(second.stderr).toMatch(
          /Another .*run. is at work in .*refused.* differs in the settings\. Stop the other/,
        );
      }
      expect(await first).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
      expect(model.stats().calls % 33).toBe(0);
    },
    5 * MINUTES,
  );

  it(
    'is refused also while the worker of the first is still being started',
    async () => {
      const model = await bench.model({ latencyMs: 5_000 });
      const settings = bench.settings(model, 'early', ...FEW);
      const first = bench.spawn('run', settings);
      const ended = finish(first);
      const claims = () => readdir(join(bench.output('early'), 'state', 'workers')).catch(() => []);
      await until('the first shows itself', async () => (await claims()).some((name) => name.startsWith('run-')));
      const second = await bench.augmentoolkit('run', [...settings, '--set', 'SYSTEM.DOUBLE_CHECK_COUNTER=5']);
      expect(second).toMatchObject({ code: 2 });
      expect(second.stderr).toContain('Stop the other with Ctrl-C first');
      first.kill('SIGTERM');
      expect(await ended).toMatchObject({ code: 130 });
      expect((await claims()).filter((name) => name.startsWith('run-'))).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'with the same settings joins the first',
    async () => {
      const alone = await bench.model();
      expect(await bench.augmentoolkit('run', bench.settings(alone, 'alone', ...FEW))).toMatchObject({ code: 0 });
      const model = await bench.model({ latencyMs: 300 });
      const settings = bench.settings(model, 'joined', 'SYSTEM.CONCURRENCY_LIMIT=8', ...FEW);
      const first = finish(bench.spawn('run', settings));
      await until('calls are made', () => model.stats().calls > 20);
      const second = await bench.augmentoolkit('run', settings);
      expect(second).toMatchObject({ code: 0 });
      expect(second.stderr).toContain('goes on');
      expect(await first).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ calls: alone.stats().calls, repeats: { count: 0, afterAbandoned: 0 } });
      expect(model.stats().inFlight.peak).toBeLessThanOrEqual(16);
      expect(await readComparable(bench.output('joined'))).toEqual(await readComparable(bench.output('alone')));
    },
    5 * MINUTES,
  );

  it(
    'takes the place of the first once that was killed, however short a time ago',
    async () => {
      const model = await bench.model({ latencyMs: 300 });
      const settings = bench.settings(model, 'replaced', ...FEW);
      const first = bench.spawn('run', settings);
      const killed = finish(first);
      await until('calls are made', () => model.stats().calls > 20);
      first.kill('SIGKILL');
      await killed;
      await until('the model has seen that its callers are gone', () => model.stats().inFlight.now === 0);
      const lost = model.stats().calls - (await readRecordedCalls(bench.output('replaced'))).size;
      const second = await bench.augmentoolkit('run', [...settings, '--set', 'SYSTEM.REARRANGEMENTS_TO_TAKE=2']);
      expect(second).toMatchObject({ code: 0 });
      expect(second.stderr).toContain('Changed since this run was started: the settings.');
      const { repeats } = model.stats();
      expect(repeats.inFlight).toBe(0);
      expect(repeats.count + repeats.afterAbandoned).toBeLessThanOrEqual(lost);
    },
    5 * MINUTES,
  );
});

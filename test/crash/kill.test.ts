import { finish, until, Workbench } from '../support/command-line.js';
import { countRecordedCalls, readComparable } from '../support/dataset.js';

const MINUTES = 60_000;
/** Calls in flight, for each of the two models. */
const LIMIT = 10;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

describe('kill -9', () => {
  it(
    'of the Temporal server in the middle of a run repeats nothing; the run brings it back and ends',
    async () => {
      const model = await bench.model({ latencyMs: 150 });
      const settings = bench.settings(model, 'server-killed', `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`);
      const running = finish(bench.spawn('run', settings));
      await until('100 calls are made', () => model.stats().calls > 100);
      const { pid } = JSON.parse((await bench.augmentoolkit('server', ['status', '--json'])).stdout) as { pid: number };
      process.kill(pid, 'SIGKILL');
      expect(await running).toMatchObject({ code: 0 });
      expect(model.stats().repeats).toMatchObject({ count: 0, afterAbandoned: 0 });
    },
    10 * MINUTES,
  );

  it(
    'of the program in the middle of a run loses nothing and repeats only the calls in flight',
    async () => {
      const options = { profile: 'mixed', latencyMs: 150 } as const;
      const undisturbed = await bench.model(options);
      expect(await bench.augmentoolkit('run', bench.settings(undisturbed, 'undisturbed'))).toMatchObject({ code: 0 });

      const model = await bench.model(options);
      const settings = bench.settings(model, 'killed', `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`);
      let lost = 0;
      for (const calls of [40, 150]) {
        const child = bench.spawn('run', settings);
        const ended = finish(child);
        await until(`${calls} calls are made`, () => model.stats().calls > calls);
        child.kill('SIGKILL');
        await ended;
        await until('the model has seen that its callers are gone', () => model.stats().inFlight.now === 0);
        const unrecorded = model.stats().calls - (await countRecordedCalls(bench.output('killed'))) - lost;
        expect(unrecorded).toBeLessThanOrEqual(2 * LIMIT);
        lost += unrecorded;
      }
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });

      const { repeats } = model.stats();
      expect(repeats.count + repeats.afterAbandoned).toBeLessThanOrEqual(lost);
      expect(repeats.inFlight).toBe(0);
      expect(await readComparable(bench.output('killed'))).toEqual(await readComparable(bench.output('undisturbed')));
    },
    10 * MINUTES,
  );
});

import { setTimeout as sleep } from 'node:timers/promises';
import { until, Workbench } from '../support/command-line.js';

const MINUTES = 60_000;
const RPM = 300;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

interface Status {
  workers: { worker: string; limiters: Record<string, { limit: number; requestsPerMinute?: number }> }[];
}

describe('configured rates', () => {
  it(
    'are kept by several workers together, and changed while they are at work',
    async () => {
      const model = await bench.model({ latencyMs: 100 });
      const settings = (...more: string[]) =>
        bench.settings(
          model,
          'rated',
          'API.LARGE_LOGICAL_MODEL=rehearsal-small',
          'SYSTEM.USE_SUBSET=true',
          'SYSTEM.SUBSET_SIZE=3',
          ...more,
        );
      const slow = settings(`LIMITS.REQUESTS_PER_MINUTE=${RPM}`);
      const limits = async () => {
        const { stdout } = await bench.augmentoolkit('status', [...slow, '--json']);
        const { workers } = JSON.parse(stdout) as Status;
        return workers.flatMap(({ limiters }) => Object.values(limiters));
      };

      expect((await bench.augmentoolkit('start', slow)).code).toBe(0);
      bench.spawn('worker', slow);
      bench.spawn('worker', slow);
      await until('both have their part of the limits', async () => {
        const found = await limits();
        return (
          found.length === 2 &&
          found.every(({ limit, requestsPerMinute }) => limit === 25 && requestsPerMinute === RPM / 2)
        );
      });
      const before = model.stats().calls;
      await sleep(5_000);
      // What may flow in during this time, and a second's worth that was saved up.
      expect(model.stats().calls - before).toBeLessThanOrEqual((7 * RPM) / 60);

      // Without the limit the rest takes no time.
      expect((await bench.augmentoolkit('start', settings())).code).toBe(0);
      expect((await bench.augmentoolkit('watch', settings())).code).toBe(0);
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
    },
    5 * MINUTES,
  );
});

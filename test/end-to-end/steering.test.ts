import { finish, until, Workbench } from '../support/command-line.js';

const MINUTES = 60_000;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

describe('a run with a worker of its own', () => {
  it(
    'is started, worked on, looked at, paused, resumed and watched to its end',
    async () => {
      const model = await bench.model({ latencyMs: 300 });
      const settings = bench.settings(model, 'steered', 'SYSTEM.CONCURRENCY_LIMIT=8');
      const status = async () =>
        JSON.parse((await bench.augmentoolkit('status', [...settings, '--json'])).stdout) as {
          state: string;
          paused: boolean;
          attention: string[];
        };

      const started = await bench.augmentoolkit('start', [...settings, '--json']);
      expect(started.code).toBe(0);
      const { run } = JSON.parse(started.stdout) as { run: string };
      expect((await status()).attention.join()).toContain('augmentoolkit worker');

      const worker = bench.spawn('worker', settings);
      await until('calls are made', () => model.stats().calls > 20);
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 0 });
      await until('the calls in flight have ended', () => model.stats().inFlight.now === 0);
      const whilePaused = model.stats().calls;
      await new Promise((done) => setTimeout(done, 3_000));
      expect(model.stats().calls).toBe(whilePaused);
      expect(await status()).toMatchObject({ state: 'running', paused: true });

      expect(await bench.augmentoolkit('resume', settings)).toMatchObject({ code: 0 });
      const watched = await bench.augmentoolkit('watch', [...settings, '--json']);
      expect(watched.code).toBe(0);
      const lines = watched.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; state?: string });
      expect(lines.at(-1)).toMatchObject({ type: 'result', state: 'completed' });

      const listed = JSON.parse((await bench.augmentoolkit('list', [...settings, '--json'])).stdout) as {
        run: string;
        state: string;
      }[];
      expect(listed).toContainEqual(expect.objectContaining({ run, state: 'completed' }));
      const stopped = finish(worker);
      worker.kill('SIGTERM');
      expect((await stopped).code).toBe(0);
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
    },
    5 * MINUTES,
  );
});

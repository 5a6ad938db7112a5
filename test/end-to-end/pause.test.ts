import { writeControl } from '../../src/store/control.js';
import { LocalStore } from '../../src/store/local-store.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson } from '../support/dataset.js';
import { readClosedReasons } from '../support/leases.js';

const MINUTES = 60_000;
/** Many chunks for few slots: most calls wait on the server. */
const BACKLOG = ['SYSTEM.CHUNK_SIZE=120', 'SYSTEM.CONCURRENCY_LIMIT=5'];
/** As promised: two seconds after the command no call begins. */
const TAKES_EFFECT_MS = 2_000;
/** So long nothing must begin then. */
const WATCHED_MS = 3_000;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, MINUTES);
afterAll(() => bench.close(), MINUTES);

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

async function killServer(): Promise<void> {
  const { pid } = JSON.parse((await bench.augmentoolkit('server', ['status', '--json'])).stdout) as { pid: number };
  process.kill(pid, 'SIGKILL');
}

describe('a run that is paused', () => {
  it(
    'on a backlog, by two workers, begins no call, whatever is killed and started again, until it is resumed',
    async () => {
      const undisturbed = await bench.model({ profile: 'mixed' });
      const plain = bench.settings(undisturbed, 'undisturbed', ...BACKLOG);
      expect(await bench.augmentoolkit('run', plain)).toMatchObject({ code: 0 });

      const model = await bench.model({ profile: 'mixed', latencyMs: 500 });
      const settings = bench.settings(model, 'backlog', ...BACKLOG);
      const output = bench.output('backlog');
      const expectNone = async () => {
        const { calls } = model.stats();
        await sleep(WATCHED_MS);
        expect(model.stats().calls).toBe(calls);
      };
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      const [killed, stays] = [bench.spawn('worker', settings), bench.spawn('worker', settings)];
      await until('calls are made', () => model.stats().calls > 60);
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 0 });
      await sleep(TAKES_EFFECT_MS);
      await expectNone();

      killed.kill('SIGKILL');
      await killServer();
      // `run` brings the server back, and a worker of its own.
      const attached = bench.spawn('run', settings);
      const ended = finish(attached);
      let said = '';
      attached.stderr?.on('data', (data: Buffer) => (said += data.toString()));
      await until('the run is there', () => said.includes('The run is paused: `npx augmentoolkit resume`'));
      await expectNone();
      expect((await bench.augmentoolkit('status', settings)).stdout).toContain('The run is paused');

      // The calls at work when it was paused have ended: nothing was in flight when something was killed.
      expect(await bench.augmentoolkit('resume', settings)).toMatchObject({ code: 0 });
      expect(await ended).toMatchObject({ code: 0 });
      stays.kill('SIGTERM');
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
      expect(model.stats().calls).toBe(undisturbed.stats().calls);
      expect(await readComparable(output)).toEqual(await readComparable(bench.output('undisturbed')));
    },
    10 * MINUTES,
  );

  it(
    'while the server is away, holds; and is not half resumed without it',
    async () => {
      const model = await bench.model({ latencyMs: 300 });
      const settings = bench.settings(model, 'alone', ...BACKLOG);
      const output = bench.output('alone');
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      // A worker, unlike `run`, does not bring the server back.
      const worker = bench.spawn('worker', settings);
      await until('calls are made', () => model.stats().calls > 10, MINUTES);
      await killServer();
      const paused = await bench.augmentoolkit('pause', settings);
      expect(paused).toMatchObject({ code: 0 });
      expect(paused.stderr).toContain('The pause holds all the same');
      await sleep(TAKES_EFFECT_MS);
      const { calls } = model.stats();
      const resumed = await bench.augmentoolkit('resume', settings);
      expect(resumed).toMatchObject({ code: 2 });
      expect(resumed.stderr).toContain('The run stays paused');
      expect(await readJson(output, 'state/control.json')).toMatchObject({ paused: true });

      expect(await bench.augmentoolkit('server', ['start', ...settings])).toMatchObject({ code: 0 });
      await sleep(WATCHED_MS);
      expect(model.stats().calls).toBe(calls);
      expect(await bench.augmentoolkit('resume', settings)).toMatchObject({ code: 0 });
      expect(await bench.augmentoolkit('watch', settings)).toMatchObject({ code: 0 });
      worker.kill('SIGTERM');
      expect(model.stats()).toMatchObject({ repeats: { count: 0, afterAbandoned: 0 } });
    },
    5 * MINUTES,
  );

  it(
    'and whose command died between its two steps, or met another, is healed by the next worker',
    async () => {
      const model = await bench.model({ latencyMs: 200 });
      const settings = bench.settings(model, 'healed', 'SYSTEM.CONCURRENCY_LIMIT=5');
      const store = new LocalStore(bench.output('healed'));
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 0 });
      // The root is told, the file is not: as after commands that were given at the same time and killed.
      await writeControl(store, { paused: false, concurrencyLimit: 5 });
      const running = finish(bench.spawn('run', settings));
      await until('calls are made', () => model.stats().calls > 10);

      // Whatever their order, file and root agree in the end.
      await Promise.all(['pause', 'resume', 'pause', 'resume'].map((each) => bench.augmentoolkit(each, settings)));
      expect(await bench.augmentoolkit('resume', settings)).toMatchObject({ code: 0 });
      expect(await running).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ repeats: { count: 0 } });
    },
    5 * MINUTES,
  );

  it(
    'before its first chunk stays so in a new root, and is resumed also when it is not open',
    async () => {
      const model = await bench.model();
      const settings = bench.settings(model, 'anew', 'SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=1');
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 2 });
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 0 });
      const changed = [...settings, '--set', 'SYSTEM.SEED=2'];
      const running = bench.spawn('run', changed);
      const ended = finish(running);
      await until('a worker obeys', async () => (await readClosedReasons(bench.output('anew'))).includes('paused'));
      expect(await bench.augmentoolkit('cancel', changed)).toMatchObject({ code: 0 });
      expect(await ended).toMatchObject({ code: 1 });
      expect(model.stats().calls).toBe(0);

      const resumed = await bench.augmentoolkit('resume', changed);
      expect(resumed.code).toBe(0);
      expect(resumed.stdout).toContain('is not open');
      expect(await bench.augmentoolkit('run', changed)).toMatchObject({ code: 0 });
      for (const command of ['pause', 'resume', 'cancel']) {
        expect(await bench.augmentoolkit(command, changed)).toMatchObject({ code: 2, stdout: '' });
      }
      expect(await readJson(bench.output('anew'), 'state/control.json')).toMatchObject({ paused: false });
    },
    5 * MINUTES,
  );
});

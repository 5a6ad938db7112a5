import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Rehearsal } from '../../src/rehearsal/server.js';
import { finish, type Finished, until, Workbench } from '../support/command-line.js';
import { readComparable, readRecordedCalls } from '../support/dataset.js';
import { hasWorker, readClosedReasons } from '../support/leases.js';

const MINUTES = 60_000;
/** Calls in flight, for each of the two models. */
const LIMIT = 40;
/** Calls of a run over two chunks of the sample text, with a model that agrees. */
const CALLS_OF_TWO_CHUNKS = 66;
const TWO_CHUNKS = ['SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=2'];
const NO_REPEATS = { repeats: { count: 0, inFlight: 0, afterAbandoned: 0 }, abandoned: 0 };

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, MINUTES);
afterAll(() => bench.close(), MINUTES);

/** A process that works on a run. */
interface AtWork {
  child: ChildProcess;
  ended: Promise<Finished>;
}

function spawn(command: string, args: string[]): AtWork {
  const child = bench.spawn(command, args);
  return { child, ended: finish(child) };
}

/** A worker that takes calls. */
async function spawnWorker(args: string[]): Promise<AtWork> {
  const worker = spawn('worker', args);
  let said = '';
  worker.child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  await until('the worker is at work', () => said.includes('Working on run'), 3 * MINUTES);
  return worker;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

async function killServer(): Promise<void> {
  const { pid } = JSON.parse((await bench.augmentoolkit('server', ['status', '--json'])).stdout) as { pid: number };
  process.kill(pid, 'SIGKILL');
}

/** A service that never answers a call, with what it says instead. */
async function startRefusing(status: number, headers: Record<string, string>): Promise<{ url: string; end(): void }> {
  const body = JSON.stringify({
    error: { message: 'not now', code: status === 401 ? 'invalid_api_key' : 'rate_limit' },
  });
  const server = createServer((_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, end };
}

describe('a run that is stopped', () => {
  it(
    'in its midst, by any signal, ends and records its calls, begins none, and repeats none',
    async () => {
      const undisturbed = await bench.model({ profile: 'mixed' });
      const text = 'SYSTEM.CHUNK_SIZE=200';
      expect(await bench.augmentoolkit('run', bench.settings(undisturbed, 'undisturbed', text))).toMatchObject({
        code: 0,
      });

      // A call lasts longer than the look for new ones.
      const model = await bench.model({ profile: 'mixed', latencyMs: 1_600, jitterMs: 300 });
      const settings = bench.settings(model, 'stopped', text, `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`);
      for (const [command, signal, code] of [
        ['run', 'SIGINT', 130],
        ['worker', 'SIGTERM', 0],
        ['run', 'SIGHUP', 130],
        ['worker', 'SIGINT', 0],
        ['run', 'SIGTERM', 130],
      ] as const) {
        const before = model.stats().calls;
        const { child, ended } = spawn(command, settings);
        await until('calls are made', () => model.stats().calls > before + LIMIT && model.stats().inFlight.now > 10);
        child.kill(signal);
        // A closing terminal sends more than one, and `npx` hands on a signal that we have got already.
        child.kill(signal);
        await sleep(1_000);
        const begun = model.stats();
        expect({ signal, isBusy: begun.inFlight.now > 0 }).toEqual({ signal, isBusy: true });
        expect(await ended).toMatchObject({ code });
        expect({ signal, calls: model.stats().calls }).toEqual({ signal, calls: begun.calls });
        expect((await readRecordedCalls(bench.output('stopped'))).size).toBe(begun.calls);
      }
      const fast = await bench.model({ profile: 'mixed' });
      const last = bench.settings(fast, 'stopped', text);
      expect(await bench.augmentoolkit('run', last)).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject(NO_REPEATS);
      expect(model.stats().calls + fast.stats().calls).toBe(undisturbed.stats().calls);
      expect(await readComparable(bench.output('stopped'))).toEqual(await readComparable(bench.output('undisturbed')));
    },
    10 * MINUTES,
  );

  it(
    'while a call lasts long, waits for it; told again, ends at once and gives up that call alone',
    async () => {
      const slow = await bench.model({ latencyMs: 20_000 });
      const settings = bench.settings(slow, 'long', ...TWO_CHUNKS);
      const first = spawn('run', settings);
      await until('both chunks are judged', () => slow.stats().inFlight.now === 2);
      first.child.kill('SIGTERM');
      expect(await first.ended).toMatchObject({ code: 130 });
      expect((await readRecordedCalls(bench.output('long'))).size).toBe(2);

      const second = spawn('run', settings);
      await until('the next calls are made', () => slow.stats().inFlight.now === 2);
      second.child.kill('SIGINT');
      await sleep(1_500);
      second.child.kill('SIGINT');
      expect(await second.ended).toMatchObject({ code: 130 });
      await until('the model has seen that its callers are gone', () => slow.stats().abandoned === 2);
      expect(slow.stats().calls).toBe(4);

      const fast = await bench.model();
      expect(await bench.augmentoolkit('run', bench.settings(fast, 'long', ...TWO_CHUNKS))).toMatchObject({ code: 0 });
      expect(fast.stats().calls).toBe(CALLS_OF_TWO_CHUNKS - 2);
    },
    5 * MINUTES,
  );

  it(
    'while the server is away, ends when its calls have ended and are recorded',
    async () => {
      const model = await bench.model({ latencyMs: 1_000 });
      const settings = bench.settings(model, 'no-server', `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`);
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      const worker = await spawnWorker(settings);
      await until('calls are made', () => model.stats().calls > LIMIT && model.stats().inFlight.now > 5);
      await killServer();
      worker.child.kill('SIGTERM');
      const { code, stderr } = await worker.ended;
      expect({ code, said: stderr.trim().split('\n').slice(1) }).toEqual({
        code: 0,
        said: ['Stopping: calls in flight end and are recorded. Once more to stop at once.', 'Stopped.'],
      });
      expect((await readRecordedCalls(bench.output('no-server'))).size).toBe(model.stats().calls);
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject(NO_REPEATS);
    },
    5 * MINUTES,
  );

  it.each<[string, number, Record<string, string>]>([
    ['blocked', 401, {}],
    ['cooling down', 429, { 'retry-after': '60' }],
  ])(
    'while its model is %s, ends, and goes on when all is well',
    async (what, status, headers) => {
      const refusing = await startRefusing(status, headers);
      const name = what.replace(' ', '-');
      const model = await bench.model();
      const settings = bench.settings(model, name, ...TWO_CHUNKS);
      const worker = spawn('run', [...settings, '--set', `API.BASE_URL=${refusing.url}`]);
      await until(`the model is ${what}`, async () => (await readClosedReasons(bench.output(name))).includes(what));
      worker.child.kill('SIGTERM');
      expect(await worker.ended).toMatchObject({ code: 130 });
      refusing.end();
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ ...NO_REPEATS, calls: CALLS_OF_TWO_CHUNKS });
    },
    5 * MINUTES,
  );

  it(
    'while it is prepared, while it is paused, and when its last record is written, goes on from there',
    async () => {
      const model = await bench.model({ latencyMs: 100 });
      const settings = bench.settings(model, 'phases', ...TWO_CHUNKS);
      const stop = async (when: string, isSo: () => Promise<boolean> | boolean) => {
        const { child, ended } = spawn('run', settings);
        await until(when, isSo);
        child.kill('SIGTERM');
        expect(await ended).toMatchObject({ code: 130 });
      };
      const list = (folder: string) => readdir(join(bench.output('phases'), folder)).catch(() => []);

      await stop('a worker is at work', () => hasWorker(bench.output('phases')));
      await stop('calls are made', () => model.stats().calls > 5);
      expect(await bench.augmentoolkit('pause', settings)).toMatchObject({ code: 0 });
      const { calls } = model.stats();
      await stop('a worker is at work on the paused run', async () =>
        (await readClosedReasons(bench.output('phases'))).includes('paused'),
      );
      expect(model.stats().calls).toBe(calls);
      expect(await bench.augmentoolkit('resume', settings)).toMatchObject({ code: 0 });
      await stop('the last record is written', async () => (await list('records')).filter(isWhole).length === 2);
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ ...NO_REPEATS, calls: CALLS_OF_TWO_CHUNKS });
    },
    5 * MINUTES,
  );
});

function isWhole(file: string): boolean {
  return file.endsWith('.json');
}

describe('workers that are replaced one after the other', () => {
  it.each<[string, string[][]]>([
    ['serve both models', [[], []]],
    [
      'serve one model each',
      [
        ['--models', 'logical'],
        ['--models', 'large'],
      ],
    ],
  ])(
    'repeat nothing where they %s',
    async (_what, roles) => {
      const model: Rehearsal = await bench.model({ latencyMs: 700, jitterMs: 300 });
      const output = `replaced-${roles.flat().length}`;
      const settings = bench.settings(model, output, 'SYSTEM.CHUNK_SIZE=200', 'SYSTEM.CONCURRENCY_LIMIT=12');
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      const start = (args: string[] = []) => spawnWorker([...settings, ...args]);
      const workers = await Promise.all(roles.map(start));
      for (let round = 1; round <= 2; round += 1) {
        for (const [index, args] of roles.entries()) {
          const before = model.stats().answered;
          const next = await start(args);
          await until('calls are made', () => model.stats().answered > before + 10);
          const old = workers[index];
          old?.child.kill('SIGTERM');
          expect(await old?.ended).toMatchObject({ code: 0 });
          workers[index] = next;
        }
      }
      const watched = await bench.augmentoolkit('watch', settings);
      expect(watched).toMatchObject({ code: 0 });
      for (const { child } of workers) child.kill('SIGTERM');
      for (const { ended } of workers) expect(await ended).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject(NO_REPEATS);
    },
    5 * MINUTES,
  );
});

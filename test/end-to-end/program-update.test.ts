import { type ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import type { Rehearsal } from '../../src/rehearsal/server.js';
import type { RunIdentity } from '../../src/store/identity.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson } from '../support/dataset.js';
import { makeOtherBuild, type OtherBuild } from '../support/other-build.js';
import { millParagraph, writeTexts } from '../support/own-texts.js';

const MINUTES = 60_000;
const LIMIT = 4;
const OURS = resolve('dist/client.js');

let bench: Workbench;
let input: string;
let other: OtherBuild;
beforeAll(async () => {
  bench = await Workbench.open();
  input = await writeTexts(join(bench.folder, 'texts'), { 'a.txt': [millParagraph(1)], 'b.txt': [millParagraph(2)] });
  other = await makeOtherBuild(join(bench.folder, 'other version'));
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

function settingsOf(model: Rehearsal, output: string, ...more: string[]): string[] {
  const few = [`PATH.INPUT=${input}`, 'SYSTEM.DOUBLE_CHECK_COUNTER=1', `SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`];
  return bench.settings(model, output, ...few, ...more);
}

function identityOf(output: string): Promise<RunIdentity> {
  return readJson<RunIdentity>(bench.output(output), 'state/identity.json');
}

/** Kills it at once, and waits until the model knows. */
async function kill(child: ChildProcess, model: Rehearsal): Promise<void> {
  const ended = finish(child);
  child.kill('SIGKILL');
  await ended;
  await until('the model has seen that its callers are gone', () => model.stats().inFlight.now === 0, 5 * MINUTES);
}

/** A run of this version, begun and left open. */
async function leaveOpen(model: Rehearsal, settings: string[]): Promise<void> {
  expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
  const worker = bench.spawn('worker', settings);
  await until('calls are made', () => model.stats().calls > 10, 5 * MINUTES);
  await kill(worker, model);
}

/** The workers that have polled a run's workflow queue of late, as the server knows them. */
async function readPollers({ address, namespace, queues }: RunIdentity): Promise<string[]> {
  const connection = await Connection.connect({ address });
  try {
    const taskQueue = { name: queues.workflows };
    const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue });
    return (pollers ?? []).map(({ identity }) => identity ?? '');
  } finally {
    await connection.close();
  }
}

const BELONGS = /The run \S+ belongs to another version of the program/;

describe('a run that another version of the program has begun', () => {
  it(
    'is told of by status and watch, refused by worker, and finished by its own version, with nothing repeated but the calls in flight',
    async () => {
      const model = await bench.model({ latencyMs: 200 });
      const settings = settingsOf(model, 'finished');
      await leaveOpen(model, settings);
      const before = model.stats();

      const status = await bench.augmentoolkit('status', settings, {}, other.client);
      expect(status).toMatchObject({ code: 0, stdout: expect.stringMatching(BELONGS) });
      expect(status.stdout).toContain('`npx augmentoolkit worker` of that version finishes it');
      expect(status.stdout).toContain('`npx augmentoolkit run` of this one');
      expect(status.stdout).not.toContain('No worker is at work');
      const watching = bench.spawn('watch', settings, {}, other.client);
      let watched = '';
      watching.stderr?.on('data', (data: Buffer) => void (watched += data.toString()));
      await until('watch says it', () => BELONGS.test(watched), 5 * MINUTES);
      watching.kill('SIGKILL');

      const foreign = bench.spawn('worker', settings, {}, other.client);
      const { code, stderr } = await finish(foreign);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(BELONGS) });
      expect(stderr).toContain(`build ${other.program.slice(0, 8)}`);
      const ofForeign = (name: string) => name.includes(`-${foreign.pid}-`);
      const pollers = await readPollers(await identityOf('finished'));
      expect(pollers.length).toBeGreaterThan(0);
      expect(pollers.filter(ofForeign)).toEqual([]);
      // A worker writes its lease before it polls anything.
      expect((await readdir(join(bench.output('finished'), 'state', 'workers'))).filter(ofForeign)).toEqual([]);
      expect(model.stats().calls).toBe(before.calls);

      const own = bench.spawn('worker', settings);
      const stopped = finish(own);
      expect((await bench.augmentoolkit('status', settings)).stdout).not.toMatch(BELONGS);
      expect(await bench.augmentoolkit('watch', settings)).toMatchObject({ code: 0 });
      own.kill('SIGTERM');
      expect(await stopped).toMatchObject({ code: 0 });
      const { repeats, calls } = model.stats();
      expect(repeats.count + repeats.afterAbandoned).toBeLessThanOrEqual(2 * LIMIT);
      expect(calls - repeats.count - repeats.afterAbandoned).toBe(2 * 21);
    },
    10 * MINUTES,
  );

  it(
    'is ended by run of this version and started anew, with nothing repeated but the calls in flight',
    async () => {
      const model = await bench.model({ latencyMs: 200 });
      const settings = settingsOf(model, 'anew');
      await leaveOpen(model, settings);

      const anew = await bench.augmentoolkit('run', settings, {}, other.client);
      expect(anew).toMatchObject({ code: 0 });
      expect(anew.stderr).toContain('Changed since this run was started: the program.');
      const { repeats, calls } = model.stats();
      expect(repeats.count + repeats.afterAbandoned).toBeLessThanOrEqual(2 * LIMIT);
      expect(calls - repeats.count - repeats.afterAbandoned).toBe(2 * 21);
      const files = await readComparable(bench.output('anew'));

      // And back: the order of the checks is in the records, but not in what comes of them.
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(model.stats().calls).toBe(calls);
      expect(await readComparable(bench.output('anew'))).toEqual(files);
    },
    10 * MINUTES,
  );
});

describe('a worker whose run is started anew beneath it', () => {
  it(
    'begins again where the run has other queues, and repeats nothing',
    async () => {
      const model = await bench.model({ latencyMs: 2_000 });
      const one = settingsOf(model, 'queues', 'API.LARGE_LOGICAL_MODEL=rehearsal-small');
      // The same model at another address has a queue of its own, and is asked the same.
      const address = model.url.replace('127.0.0.1', 'localhost');
      const two = [...one, '--set', `API.LARGE_BASE_URL=${address}`];
      expect(await bench.augmentoolkit('start', one)).toMatchObject({ code: 0 });
      const worker = bench.spawn('worker', two);
      const stopped = finish(worker);
      await until('calls are made', () => model.stats().calls > 6, 5 * MINUTES);

      expect(await bench.augmentoolkit('start', two)).toMatchObject({ code: 0 });
      expect(await bench.augmentoolkit('watch', two)).toMatchObject({ code: 0 });
      worker.kill('SIGTERM');
      const { code, stderr } = await stopped;
      expect(code).toBe(0);
      expect(stderr.match(/Working on run/g)).toHaveLength(2);
      expect(stderr).toContain('started anew');
      expect(model.stats()).toMatchObject({ calls: 2 * 21, repeats: { count: 0, afterAbandoned: 0 } });
    },
    10 * MINUTES,
  );

  it(
    'ends where it is of another version now, after its calls in flight',
    async () => {
      const model = await bench.model({ latencyMs: 1_000 });
      const settings = settingsOf(model, 'updated');
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      const worker = finish(bench.spawn('worker', settings));
      await until('calls are made', () => model.stats().calls > 6, 5 * MINUTES);

      expect(await bench.augmentoolkit('start', settings, {}, other.client)).toMatchObject({ code: 0 });
      const { code, stderr } = await worker;
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(BELONGS) });
      expect(model.stats()).toMatchObject({ inFlight: { now: 0 }, abandoned: 0 });
      expect((await bench.augmentoolkit('status', settings, {}, OURS)).stdout).toMatch(BELONGS);

      expect(await bench.augmentoolkit('run', settings, {}, other.client)).toMatchObject({ code: 0 });
      expect(model.stats()).toMatchObject({ calls: 2 * 21, repeats: { count: 0, afterAbandoned: 0 } });
    },
    10 * MINUTES,
  );

  it(
    'follows it to another Temporal server',
    async () => {
      const model = await bench.model();
      const settings = settingsOf(model, 'moved');
      const away = await Workbench.open();
      try {
        expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
        const worker = bench.spawn('worker', settings);
        const stopped = finish(worker);
        expect(await bench.augmentoolkit('watch', settings)).toMatchObject({ code: 0 });
        // As when its machine sleeps: its lease goes stale, and the run may move.
        worker.kill('SIGSTOP');
        await until(
          'the run may move',
          async () => {
            const { code } = await away.augmentoolkit('start', [
              ...settings,
              '--set',
              'SYSTEM.REARRANGEMENTS_TO_TAKE=4',
            ]);
            return code === 0;
          },
          5 * MINUTES,
        );
        worker.kill('SIGCONT');
        expect(await away.augmentoolkit('watch', settings)).toMatchObject({ code: 0 });
        worker.kill('SIGTERM');
        expect(await stopped).toMatchObject({ code: 0, stderr: expect.stringContaining('started anew') });
        expect(model.stats()).toMatchObject({ calls: 2 * 22, repeats: { count: 0 } });
      } finally {
        await away.close();
      }
    },
    10 * MINUTES,
  );
});

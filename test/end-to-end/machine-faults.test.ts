import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CallRecord } from '../../src/call-record.js';
import type { RehearsalStats } from '../../src/rehearsal/stats.js';
import type { RunIdentity } from '../../src/store/identity.js';
import type { Lease } from '../../src/store/leases.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson, readJsonLines } from '../support/dataset.js';

const MINUTES = 60_000;
/** Calls in flight, for each of the two models. */
const LIMIT = 10;
const MODEL = { profile: 'mixed', latencyMs: 150 } as const;
const SYSTEM = [`SYSTEM.CONCURRENCY_LIMIT=${LIMIT}`, 'SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=8'];

let bench: Workbench;
/** What every run here must come to, whatever befalls it. */
let undisturbed: { files: Record<string, string>; calls: number };

beforeAll(async () => {
  bench = await Workbench.open();
  const model = await bench.model(MODEL);
  await bench.augmentoolkit('run', bench.settings(model, 'undisturbed', ...SYSTEM));
  undisturbed = { files: await readComparable(bench.output('undisturbed')), calls: model.stats().calls };
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

describe('files that were damaged after a run', () => {
  type Damage = (text: string) => string;
  const cutOff: Damage = (text) => text.slice(0, -40);
  const empty: Damage = () => '';
  const zeroed: Damage = (text) => '\0'.repeat(text.length);
  const doubled: Damage = (text) => text.replace(/^.*\n/, (line) => line + line);
  /** Another letter in the first reply, so that it still is JSON. */
  const garbled: Damage = (text) => text.replace(/("reply":\s*")(.)/, (_all, before: string) => `${before}#`);
  const altered: Damage = (text) => text.replace(/"state": "\w+"/, '"state": "failed"');

  /** What is done to a chunk's record and to its journal, and which of the journal's calls are made again. */
  const DAMAGES: [record: Damage | undefined, journal: Damage | undefined, again: 'none' | 'first' | 'last' | 'all'][] =
    [
      [cutOff, undefined, 'none'],
      [empty, garbled, 'first'],
      [zeroed, cutOff, 'last'],
      [altered, doubled, 'none'],
      [altered, empty, 'all'],
      [altered, zeroed, 'all'],
      // Nobody needs the journal of a chunk that has its record.
      [undefined, zeroed, 'none'],
    ];

  async function damage(path: string, how: Damage): Promise<void> {
    const before = await readFile(path, 'utf8');
    const after = how(before);
    expect(after).not.toBe(before);
    await writeFile(path, after);
  }

  it(
    'are made again from what is whole, and no call is made but those that were damaged and needed',
    async () => {
      const model = await bench.model(MODEL);
      const settings = bench.settings(model, 'damaged', ...SYSTEM);
      const output = bench.output('damaged');
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(await readComparable(output)).toEqual(undisturbed.files);

      const chunks = (await readdir(join(output, 'records'))).map((file) => file.replace(/\.json$/, ''));
      const again: string[] = [];
      const damaged: string[] = [];
      for (const [index, [record, journal, which]] of DAMAGES.entries()) {
        const chunk = chunks[index] ?? '';
        const calls = await readJsonLines<CallRecord>(output, `generations/${chunk}.jsonl`);
        const ids = calls.map(({ call }) => `${chunk}/${call.id}`);
        again.push(...{ none: [], first: ids.slice(0, 1), last: ids.slice(-1), all: ids }[which]);
        if (record !== undefined) await damage(join(output, `records/${chunk}.json`), record);
        if (journal !== undefined) await damage(join(output, `generations/${chunk}.jsonl`), journal);
        if (record !== undefined) damaged.push(`records/${chunk}.json`);
        if (which !== 'none') damaged.push(`generations/${chunk}.jsonl`);
      }
      for (const folder of ['chunks', 'documents', 'state/plans', 'multiturn_convs']) {
        const entries = await readdir(join(output, folder), { recursive: true, withFileTypes: true });
        const file = entries.find((entry) => entry.isFile());
        await damage(join(file?.parentPath ?? '', file?.name ?? ''), (text) => text.replace('a', 'e'));
      }
      const { calls: callsBefore } = model.stats();
      const damagedAt = new Date().toISOString();

      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });

      expect(await readComparable(output)).toEqual(undisturbed.files);
      const journal = await Promise.all(
        chunks.map((chunk) => readJsonLines<CallRecord>(output, `generations/${chunk}.jsonl`).catch(() => [])),
      );
      const made = journal.flat().filter(({ at }) => at > damagedAt);
      expect(made.map(({ call }) => `${call.chunk}/${call.id}`).toSorted()).toEqual(again.toSorted());
      expect(model.stats().calls - callsBefore).toBe(again.length);
      const log = await readFile(join(output, 'state/worker.log'), 'utf8');
      expect(damaged.filter((path) => !log.includes(`${path} is damaged`))).toEqual([]);
    },
    10 * MINUTES,
  );
});

/** A run on a machine on which things can go wrong, and come right again. */
async function startRun(name: string) {
  const model = await bench.model(MODEL);
  const settings = bench.settings(model, name, ...SYSTEM);
  const marker = join(bench.folder, `${name} fault`);
  const machine = {
    NODE_OPTIONS: `--import=${resolve('test/support/machine-faults.mjs')}`,
    MACHINE_FAULTS: marker,
  };
  const child = bench.spawn('run', settings, machine);
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => void (stderr += data.toString()));
  const ended = finish(child);
  await until('60 calls are made', () => model.stats().calls > 60, 3 * MINUTES);
  return {
    output: bench.output(name),
    ended,
    stats: (): RehearsalStats => model.stats(),
    stderr: () => stderr,
    status: async () => (await bench.augmentoolkit('status', settings, machine)).stdout,
    fail: (fault: string) => writeFile(marker, fault),
    mend: () => rm(marker),
  };
}

type Run = Awaited<ReturnType<typeof startRun>>;

/** Beyond the time in which a worker's lease is trusted, and in which an answer that waits is tried again. */
const LONG_ENOUGH_MS = 15_000;

/** No call starts while nobody could record its answer. */
async function expectStandstill(run: Run, words: RegExp): Promise<void> {
  await until('it is told of', () => run.stderr().search(words) !== -1, 3 * MINUTES);
  await new Promise((done) => setTimeout(done, LONG_ENOUGH_MS));
  const { calls, inFlight } = run.stats();
  expect(inFlight.now).toBe(0);
  expect(calls).toBeLessThan(undisturbed.calls);
  await new Promise((done) => setTimeout(done, LONG_ENOUGH_MS));
  expect(run.stats().calls).toBe(calls);
}

async function expectUndisturbedEnd(run: Run): Promise<void> {
  expect(await run.ended).toMatchObject({ code: 0 });
  expect(run.stats()).toMatchObject({ calls: undisturbed.calls, repeats: { count: 0, afterAbandoned: 0 } });
  expect(await readComparable(run.output)).toEqual(undisturbed.files);
}

describe.each([
  ['is full', 'full', /the disk of .* is full \(ENOSPC\): make space on it/],
  ['may not be written', 'forbidden', /may not be written \(EACCES\): give yourself the right to write there/],
])('a disk that %s in the middle of a run', (_what, fault, words) => {
  it(
    'stops the calls, is told of, and costs nothing once it is put right',
    async () => {
      const run = await startRun(fault);
      await run.fail(fault);
      await expectStandstill(run, words);
      expect(await run.status()).toMatch(words);
      await run.mend();
      await expectUndisturbedEnd(run);
    },
    10 * MINUTES,
  );
});

describe.each([
  ['renamed', () => Promise.resolve()],
  ['on a disk that is not mounted any more', (output: string) => mkdir(output)],
])('an output folder that is %s in the middle of a run', (what, leave) => {
  it(
    'stops the calls, is told of, is not made anew, and is used again when it is back',
    async () => {
      const run = await startRun(what);
      await rename(run.output, `${run.output} elsewhere`);
      await leave(run.output);
      await expectStandstill(run, /holds no run any more/);
      expect(await readdir(run.output).catch(() => [])).toEqual([]);
      await rm(run.output, { recursive: true, force: true });
      await rename(`${run.output} elsewhere`, run.output);
      await expectUndisturbedEnd(run);
    },
    10 * MINUTES,
  );
});

it.each([
  ['back', -3_600_000],
  ['forward', 3_600_000],
])(
  'a clock that is set %s by an hour in the middle of a run harms nothing',
  async (way, by) => {
    const run = await startRun(`clock ${way}`);
    const { queues } = await readJson<RunIdentity>(run.output, 'state/identity.json');
    const [file = ''] = (await readdir(join(run.output, 'state/workers'))).filter((name) => name !== 'observer.json');
    const living = await readJson<Lease>(run.output, `state/workers/${file}`);
    // Of a worker that died before the clock was set back.
    const dead = join(run.output, 'state/workers/dead.json');
    await writeFile(dead, JSON.stringify({ ...living, worker: 'dead', queues: Object.values(queues) }));
    const ahead = Date.now() / 1_000 + 3_600;
    await utimes(dead, ahead, ahead);
    await run.fail(`clock ${by}`);
    expect(await run.status()).toContain(`Worker ${living.worker}`);
    expect(await run.status()).not.toContain('Worker dead');
    await expectUndisturbedEnd(run);
  },
  10 * MINUTES,
);

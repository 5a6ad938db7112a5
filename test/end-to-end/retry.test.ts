import { once } from 'node:events';
import { readdir, readFile, stat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stageCounts } from '../../src/accounting.js';
import { readRetryRounds } from '../../src/planning/retry-rounds.js';
import type { ChunkRecord, Funnel } from '../../src/records.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import { LocalStore } from '../../src/store/local-store.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readComparable, readJson } from '../support/dataset.js';
import { SALT_WORKS } from '../support/salt-works.js';
import { ScriptedProvider } from '../support/scripted-provider.js';
import { allVotes, FLAGGED, toAll } from '../support/story.js';

const MINUTES = 60_000;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, MINUTES);
const providers: ScriptedProvider[] = [];
afterAll(async () => {
  await bench.close();
  await Promise.all(providers.map((provider) => provider.close()));
}, MINUTES);

/** A provider that refuses some calls, named as `<text>/<call id>`, and answers all others well. */
async function providerRefusing(...calls: string[]): Promise<ScriptedProvider> {
  const provider = await ScriptedProvider.start(Object.entries(toAll(calls, FLAGGED)));
  providers.push(provider);
  return provider;
}

/** A run over short texts of these names, in an output folder of its own. */
async function project(name: string, texts: readonly string[], ...settings: string[]) {
  const input = join(bench.folder, `texts of ${name}`);
  await mkdir(input);
  await Promise.all(texts.map((text) => writeFile(join(input, `${text}.txt`), `${SALT_WORKS}\n`)));
  const output = bench.output(name);
  const settingsFor = (provider: ScriptedProvider, folder = output) =>
    [
      `PATH.INPUT=${input}`,
      `PATH.OUTPUT=${folder}`,
      `API.BASE_URL=${provider.url}`,
      'API.LOGICAL_MODEL=small',
      'SYSTEM.REARRANGEMENTS_TO_TAKE=2',
      'SYSTEM.QUESTION_VERSIONS=1',
      ...settings,
    ].flatMap((setting) => ['--set', setting]);
  return { output, settingsFor };
}

/** By text. */
async function readRecords(output: string): Promise<Map<string, { text: string; modifiedAt: number }>> {
  const folder = join(output, 'records');
  const files = (await readdir(folder)).toSorted();
  const read = files.map(async (file) => {
    const path = join(folder, file);
    const record = { text: await readFile(path, 'utf8'), modifiedAt: (await stat(path)).mtimeMs };
    return [file.replace(/-[0-9a-f]{6}-\d{5}-[0-9a-f]{8}\.json$/, ''), record] as const;
  });
  return new Map(await Promise.all(read));
}

/** What a record tells, without the names of the rounds it took. */
function toldBy({ text }: { text: string }): Omit<ChunkRecord, 'fingerprint'> {
  const record = JSON.parse(text.replaceAll('@2', '')) as ChunkRecord & { checksum: string };
  const { fingerprint: _fingerprint, checksum: _checksum, ...told } = record;
  return told;
}

function countFailed(funnel: Funnel): number {
  return stageCounts(funnel).reduce((sum, { failed }) => sum + failed, 0);
}

function named(text: string, ...calls: string[]): string[] {
  return calls.map((call) => `${text}/${call}`);
}

const ALL_VOTES = [...allVotes('q1.v1'), ...allVotes('q2.v1')];
const AFTER_VOTES = ['q1.revise', 'q2.revise', 'c1.conversation', 'c2.conversation'];

interface Mode {
  mode: string;
  settings: string[];
  /** Calls that are refused at first, by text. */
  refused: Record<string, string[]>;
  said: string;
  /** All calls that are made when it is tried again. */
  again: string[];
}

const MODES: Mode[] = [
  {
    mode: 'in assistant mode',
    settings: [],
    refused: {
      good: [],
      judged: ['judge'],
      generated: ['generate'],
      undecided: ['q1.v1.accuracy.1', 'q1.v1.accuracy.2'],
      revised: ['q2.revise'],
      'without-pair': ['q1.v1.question.1', 'q1.v1.question.2', 'q2.revise'],
      told: ['c1.conversation'],
    },
    said: '7 items of 6 chunks are tried again: 2 chunks, 2 questions, 2 pairs, 1 conversation',
    again: [
      ...named('judged', 'judge@2', 'generate', ...ALL_VOTES, ...AFTER_VOTES),
      ...named('generated', 'generate@2', ...ALL_VOTES, ...AFTER_VOTES),
      // One pair was left before; with two, both conversations are other ones.
      ...named('undecided', ...allVotes('q1.v1').map((call) => `${call}@2`)),
      ...named('undecided', 'q1.revise', 'c1.conversation', 'c2.conversation'),
      ...named('revised', 'q2.revise@2', 'c1.conversation', 'c2.conversation'),
      ...named('without-pair', ...allVotes('q1.v1').map((call) => `${call}@2`)),
      ...named('without-pair', 'q1.revise', 'q2.revise@2', 'c1.conversation', 'c2.conversation'),
      ...named('told', 'c1.conversation@2'),
    ],
  },
  {
    mode: 'in role-play',
    settings: ['SYSTEM.ASSISTANT_MODE=false'],
    refused: { good: [], scene: ['c1.scenario'], told: ['c2.conversation'] },
    said: '2 items of 2 chunks are tried again: 2 conversations',
    again: [
      ...named('scene', 'c1.character-plan@2', 'c1.character@2', 'c1.scenario-plan@2', 'c1.scenario@2'),
      ...named('scene', 'c1.conversation@2'),
      ...named('told', 'c2.character-plan@2', 'c2.character@2', 'c2.scenario-plan@2', 'c2.scenario@2'),
      ...named('told', 'c2.conversation@2'),
    ],
  },
];

describe('augmentoolkit retry', () => {
  it.each(MODES)(
    'asks again for what failed, and for nothing else: $mode',
    async ({ mode, settings, refused, said, again }) => {
      const texts = Object.keys(refused);
      const { output, settingsFor } = await project(`failed ${mode}`, texts, ...settings);
      const strict = await providerRefusing(
        ...Object.entries(refused).flatMap(([text, calls]) => named(text, ...calls)),
      );
      const first = await bench.augmentoolkit('run', settingsFor(strict));
      expect(first).toMatchObject({ code: 0 });
      expect(strict.deviations()).toEqual([]);
      const { funnel } = await readJson<RunSummary>(output, 'run.json');
      expect(first.stdout).toContain(`${countFailed(funnel)} items failed; rejected.jsonl`);
      expect(first.stdout).toContain('`npx augmentoolkit retry` tries them again.');
      const before = await readRecords(output);

      const kind = await providerRefusing();
      const retried = await bench.augmentoolkit('retry', settingsFor(kind));
      expect(retried).toMatchObject({ code: 0 });
      expect(retried.stderr).toContain(`${said}\n`);
      expect(kind.calls.toSorted()).toEqual(again.toSorted());
      expect(countFailed((await readJson<RunSummary>(output, 'run.json')).funnel)).toBe(0);

      const after = await readRecords(output);
      expect(after.get('good')).toEqual(before.get('good'));
      const wellAtOnce = join(bench.folder, `well ${mode}`);
      const good = await bench.augmentoolkit('run', settingsFor(await providerRefusing(), wellAtOnce));
      expect(good).toMatchObject({ code: 0 });
      expect(await readComparable(output)).toEqual(await readComparable(wellAtOnce));
      const wanted = await readRecords(wellAtOnce);
      for (const text of texts) {
        expect(toldBy(after.get(text) ?? { text: '{}' })).toEqual(toldBy(wanted.get(text) ?? { text: '' }));
      }

      const callsBefore = kind.calls.length;
      const more = await bench.augmentoolkit('retry', settingsFor(kind));
      expect(more).toMatchObject({ code: 0, stdout: 'Nothing failed: there is nothing to try again.\n' });
      expect(kind.calls).toHaveLength(callsBefore);
      expect(await readRecords(output)).toEqual(after);
      expect(await bench.augmentoolkit('run', settingsFor(kind))).toMatchObject({ code: 0 });
      expect(kind.calls).toHaveLength(callsBefore);
    },
    10 * MINUTES,
  );

  it(
    'tries in the next round what was refused again',
    async () => {
      const { output, settingsFor } = await project('refused twice', ['twice', 'once']);
      const strict = await providerRefusing('twice/c1.conversation', 'twice/c1.conversation@2', 'once/c2.conversation');
      const settings = settingsFor(strict);
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect((await bench.augmentoolkit('retry', settings)).stderr).toContain('2 items of 2 chunks are tried again');
      const { text: twice = '' } = (await readRecords(output)).get('twice') ?? {};
      const { conversations } = JSON.parse(twice) as ChunkRecord;
      expect(conversations[0]).toMatchObject({ state: 'failed', calls: ['c1.conversation@2'] });

      expect((await bench.augmentoolkit('retry', settings)).stderr).toContain('1 item of 1 chunk is tried again');
      expect(strict.deviations()).toEqual([]);
      expect(strict.calls.filter((call) => call.includes('@')).toSorted()).toEqual([
        'once/c2.conversation@2',
        'twice/c1.conversation@2',
        'twice/c1.conversation@3',
      ]);
      const rounds = Object.values(await readRetryRounds(new LocalStore(output)));
      expect(new Set(rounds)).toEqual(new Set([{ c1: 3 }, { c2: 2 }]));
      expect(countFailed((await readJson<RunSummary>(output, 'run.json')).funnel)).toBe(0);
    },
    10 * MINUTES,
  );

  it.each(['run', 'retry'])(
    'that is killed has its work gone on with by %s, and nothing is paid twice',
    async (next) => {
      const { output, settingsFor } = await project(`killed before ${next}`, ['first', 'second', 'good']);
      const strict = await providerRefusing('first/c1.conversation', 'second/judge');
      expect(await bench.augmentoolkit('run', settingsFor(strict))).toMatchObject({ code: 0 });

      const kind = await providerRefusing();
      const held = kind.hold('second/generate');
      const child = bench.spawn('retry', settingsFor(kind));
      const ended = once(child, 'exit');
      const { text: failed = '' } = (await readRecords(output)).get('first') ?? {};
      await until('one item is done, and the other in the middle', async () => {
        const { text } = (await readRecords(output)).get('first') ?? {};
        return text !== failed && kind.calls.includes('second/generate');
      });
      child.kill('SIGKILL');
      await ended;
      held.open();
      expect(await bench.augmentoolkit(next, settingsFor(kind))).toMatchObject({ code: 0 });

      const again = [
        ...named('first', 'c1.conversation@2'),
        // The call that was in flight is the only one that is made again.
        ...named('second', 'judge@2', 'generate', 'generate', ...ALL_VOTES, ...AFTER_VOTES),
      ];
      expect(kind.calls.toSorted()).toEqual(again.toSorted());
      expect(countFailed((await readJson<RunSummary>(output, 'run.json')).funnel)).toBe(0);
      expect((await bench.augmentoolkit('retry', settingsFor(kind))).stdout).toContain('Nothing failed');
    },
    10 * MINUTES,
  );

  it(
    'starts an open run anew, which goes on where it was',
    async () => {
      const { output, settingsFor } = await project('open', ['done', 'held']);
      const provider = await providerRefusing('done/c1.conversation');
      const settings = settingsFor(provider);
      const held = provider.hold('held/generate');
      expect(await bench.augmentoolkit('start', settings)).toMatchObject({ code: 0 });
      const early = await bench.augmentoolkit('retry', settings);
      expect(early.code).toBe(2);
      expect(early.stderr).toMatch(
        /^The run \S+ in \S+ has not been prepared, .*`npx augmentoolkit run` goes on with it\n$/,
      );

      const worker = bench.spawn('worker', settings);
      const stopped = finish(worker);
      const isDone = async () => (await readRecords(output).catch(() => new Map())).has('done');
      await until('one chunk is done and the other open', async () => {
        return (await isDone()) && provider.calls.includes('held/generate');
      });
      const started = await bench.augmentoolkit('retry', [...settings, '--start', '--json']);
      expect(started.code).toBe(0);
      expect(started.stderr).toContain('1 item of 1 chunk is tried again: 1 conversation\n');
      expect(started.stderr).toContain('Changed since this run was started: failed items are tried again.');
      expect(JSON.parse(started.stdout)).toMatchObject({ attached: false });
      held.open();
      expect(await bench.augmentoolkit('watch', settings)).toMatchObject({ code: 0 });
      worker.kill('SIGTERM');
      await stopped;

      expect(provider.deviations()).toEqual([]);
      expect(provider.calls.filter((call) => call.includes('@'))).toEqual(['done/c1.conversation@2']);
      expect(countFailed((await readJson<RunSummary>(output, 'run.json')).funnel)).toBe(0);
    },
    10 * MINUTES,
  );

  it('says where there is no run', async () => {
    const { settingsFor } = await project('none', ['any']);
    const { code, stderr } = await bench.augmentoolkit('retry', settingsFor(await providerRefusing()));
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds no run; start one with `npx augmentoolkit run`/);
  });
});

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rejection } from '../../src/outputs/rejections.js';
import type { MasterRow, MessagesRow, ProcessedRow, ShareGptRow } from '../../src/outputs/rows.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import type { CallRecord } from '../../src/call-record.js';
import type { Stage } from '../../src/records.js';
import { STAGES } from '../../src/records.js';
import { finish, until, Workbench } from '../support/command-line.js';
import { readChunkIds, readJson, readJsonLines } from '../support/dataset.js';
import { SALT_WORKS } from '../support/salt-works.js';
import { ScriptedProvider } from '../support/scripted-provider.js';
import { story, type Story } from '../support/story.js';
import { CHUNK_STORIES } from './stories/chunks.js';
import { PAIR_AND_CONVERSATION_STORIES } from './stories/pairs-and-conversations.js';
import { QUESTION_STORIES } from './stories/questions.js';
import { ROLE_PLAY_STORIES } from './stories/role-play.js';

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

async function startProvider(script: Parameters<typeof ScriptedProvider.start>[0]): Promise<ScriptedProvider> {
  const provider = await ScriptedProvider.start(script);
  providers.push(provider);
  return provider;
}

/** What a run left: its answers came from `provider`. */
interface Played {
  provider: ScriptedProvider;
  output: string;
  /** By story. */
  chunks: Map<string, string>;
  rejected: Rejection[];
  /** By chunk, all ids of calls that its journal has. */
  journal: Map<string, Set<string>>;
}

/** A folder with one short text for each story. */
async function writeTexts(name: string, stories: readonly Story[]): Promise<string> {
  const folder = join(bench.folder, name);
  await mkdir(folder);
  await Promise.all(stories.map((each) => writeFile(join(folder, `${each.name}.txt`), `${SALT_WORKS}\n`)));
  return folder;
}

function settingsOf(name: string, input: string, provider: ScriptedProvider, settings: string[]): string[] {
  return [
    `PATH.INPUT=${input}`,
    `PATH.OUTPUT=${bench.output(name)}`,
    `API.BASE_URL=${provider.url}`,
    'API.LOGICAL_MODEL=small',
    'SYSTEM.REARRANGEMENTS_TO_TAKE=2',
    ...settings,
  ].flatMap((setting) => ['--set', setting]);
}

async function play(name: string, stories: readonly Story[], settings: string[]): Promise<Played> {
  const provider = await startProvider(
    stories.flatMap(({ name: document, script }) =>
      Object.entries(script).map(([call, answer]) => [`${document}/${call}`, answer] as const),
    ),
  );
  const input = await writeTexts(`texts of ${name}`, stories);
  const run = await bench.augmentoolkit('run', [...settingsOf(name, input, provider, settings), '--json']);
  expect(run).toMatchObject({ code: 0 });
  const output = bench.output(name);
  const chunks = await readChunkIds(output);
  return {
    provider,
    output,
    chunks: new Map(chunks.map((chunk) => [chunk.replace(/-[0-9a-f]{6}-\d{5}-[0-9a-f]{8}$/, ''), chunk])),
    rejected: await readJsonLines<Rejection>(output, 'rejected.jsonl'),
    journal: new Map(
      await Promise.all(chunks.map(async (chunk) => [chunk, await readCallIds(output, chunk)] as const)),
    ),
  };
}

async function readCallIds(output: string, chunk: string): Promise<Set<string>> {
  const calls = await readJsonLines<CallRecord>(output, `generations/${chunk}.jsonl`);
  return new Set(calls.map(({ call }) => call.id));
}

const ITEM_STAGES: Record<Rejection['item'], Stage> = {
  chunk: 'chunks',
  question: 'questions',
  pair: 'pairs',
  conversation: 'conversations',
};

describe.each([
  [
    'assistant mode',
    [...CHUNK_STORIES, ...QUESTION_STORIES, ...PAIR_AND_CONVERSATION_STORIES],
    ['SYSTEM.QUESTION_VERSIONS=3'],
  ],
  [
    'role-play',
    ROLE_PLAY_STORIES,
    ['SYSTEM.ASSISTANT_MODE=false', 'SYSTEM.DOUBLE_CHECK_COUNTER=2', 'SYSTEM.QUESTION_VERSIONS=2'],
  ],
])('a run in %s', (mode, stories, settings) => {
  let played: Played;
  beforeAll(async () => {
    played = await play(mode, stories, settings);
  }, 5 * MINUTES);

  function chunkOf({ name }: Story): string {
    return played.chunks.get(name) ?? `no chunk of ${name}`;
  }

  it.each(stories)('names what was dropped where $name', (told) => {
    const chunk = chunkOf(told);
    const lines = played.rejected.filter(({ id }) => id.split('/')[0] === chunk);
    expect(lines).toEqual(told.dropped.map((line) => ({ ...line, id: `${chunk}${line.id}` })));
  });

  it('asks what its course demands, and nothing twice', () => {
    expect(played.provider.deviations()).toEqual([]);
  });

  it('has every call in the journal, those of what was dropped and of its votes among them', () => {
    const journalled = stories.flatMap((told) => {
      const ids = played.journal.get(chunkOf(told)) ?? [];
      return [...ids].map((id) => `${told.name}/${id}`);
    });
    expect(journalled.toSorted()).toEqual(played.provider.calls.toSorted());
    for (const { id, calls, votes = [] } of played.rejected) {
      const ids = played.journal.get(id.split('/')[0] ?? '');
      expect(calls.filter((call) => !ids?.has(call))).toEqual([]);
      expect(calls).not.toHaveLength(0);
      expect(calls).toEqual(expect.arrayContaining(votes.flatMap((vote) => vote.calls)));
    }
  });

  it('accounts for all that came in', async () => {
    const { funnel } = await readJson<RunSummary>(played.output, 'run.json');
    expect(funnel.chunks.in).toBe(stories.length);
    for (const stage of STAGES) {
      const { in: all, accepted, rejected, failed, notRun } = funnel[stage];
      expect({ stage, all }).toEqual({ stage, all: accepted + rejected + failed + notRun });
      const lines = played.rejected.filter(({ item }) => ITEM_STAGES[item] === stage);
      const count = (state: Rejection['state']) => lines.filter((line) => line.state === state).length;
      expect({ stage, rejected: count('rejected'), failed: count('failed') }).toEqual({ stage, rejected, failed });
    }
    expect(funnel.pairs.in).toBe(funnel.questions.accepted);
  });

  it('has the accepted conversations in the dataset, and nothing else', async () => {
    const { output } = played;
    const expected = stories.flatMap((told) =>
      told.conversations.map((number) => ({ id: `${chunkOf(told)}/c${number}`, pairs: sortedPairs(told.pairs) })),
    );
    const master = await readJsonLines<MasterRow>(output, 'master_list.jsonl');
    const processed = await readJson<ProcessedRow[]>(output, 'processed_masterlist.json');
    for (const rows of [master, processed]) {
      const found = rows.map((row) => ({
        id: row[4].id,
        pairs: sortedPairs(row[3].map(([question, answer]) => ({ question, answer }))),
      }));
      expect(found.toSorted(byId)).toEqual(expected.toSorted(byId));
    }
    const answers = master.map((row) => row[3].map(([, answer]) => answer));
    const messages = await readJsonLines<MessagesRow>(output, 'messages.jsonl');
    expect(
      messages.map((row) => row.messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)),
    ).toEqual(answers);
    const shareGpt = await readJsonLines<ShareGptRow>(output, 'simplified_data.jsonl');
    expect(
      shareGpt.map((row) => row.conversations.filter(({ from }) => from === 'gpt').map(({ value }) => value)),
    ).toEqual(answers);
  });
});

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}

function sortedPairs(pairs: Story['pairs']): Story['pairs'] {
  return pairs.toSorted((one, other) => (one.question < other.question ? -1 : 1));
}

describe('a cancelled run', () => {
  it(
    'names the chunks that were not run',
    async () => {
      const provider = await startProvider([]);
      const input = await writeTexts('texts to cancel', [story('done'), story('held')]);
      const settings = settingsOf('cancelled', input, provider, []);
      const judging = provider.hold('held/judge');
      const running = finish(bench.spawn('run', [...settings, '--json']));
      const output = bench.output('cancelled');
      const records = () => readdir(join(output, 'records')).catch(() => []);
      await until('one chunk is complete and the other begun', async () => {
        return provider.calls.includes('held/judge') && (await records()).length > 0;
      });
      expect(await bench.augmentoolkit('cancel', [...settings, '--aggregate'])).toMatchObject({ code: 0 });
      judging.open();
      expect(await running).toMatchObject({ code: 0 });

      const held = (await readChunkIds(output)).find((chunk) => chunk.startsWith('held-'));
      expect(await readJsonLines<Rejection>(output, 'rejected.jsonl')).toEqual([
        { id: held, item: 'chunk', state: 'not run', step: 'run', reason: 'the run was cancelled', calls: [] },
      ]);
      const { funnel } = await readJson<RunSummary>(output, 'run.json');
      expect(funnel.chunks).toEqual({ in: 2, accepted: 1, rejected: 0, failed: 0, notRun: 1 });
      const master = await readJsonLines<MasterRow>(output, 'master_list.jsonl');
      expect(master.map((row) => row[4].id.split('-')[0])).toEqual(['done', 'done']);
    },
    5 * MINUTES,
  );
});

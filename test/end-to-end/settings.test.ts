import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MasterRow, MessagesRow } from '../../src/outputs/rows.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import type { CallRecord } from '../../src/call-record.js';
import { Workbench } from '../support/command-line.js';
import { readComparable, readJson, readJsonLines } from '../support/dataset.js';

const MINUTES = 60_000;
const TWO_CHUNKS = ['SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=2'];
const ROLE_PLAY = 'SYSTEM.ASSISTANT_MODE=false';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

/** All calls of a run, from its journal. */
async function readCalls(output: string): Promise<CallRecord[]> {
  const files = await readdir(join(output, 'generations'));
  const calls = await Promise.all(files.map((file) => readJsonLines<CallRecord>(output, join('generations', file))));
  return calls.flat();
}

/** A folder with a few short texts by these names. */
async function folderOfTexts(name: string, files: string[]): Promise<string> {
  const folder = join(bench.folder, name);
  await mkdir(folder);
  for (const [index, file] of files.entries()) {
    const years = Array.from(
      { length: 8 },
      (_, line) => `In ${1801 + 10 * index + line} mill number ${line + 2} of ${file[0]} was built of oak.`,
    );
    await writeFile(join(folder, file), `${years.join(' ')}\n`);
  }
  return folder;
}

describe('role-play', () => {
  it.each([
    [1, 33],
    [2, 45],
    [3, 45],
    [5, 57],
  ])(
    'with %i votes makes %i calls a chunk, and conversations of invented characters',
    async (votes, calls) => {
      const model = await bench.model();
      const output = `role-play-${votes}`;
      const settings = bench.settings(model, output, ROLE_PLAY, `SYSTEM.DOUBLE_CHECK_COUNTER=${votes}`, ...TWO_CHUNKS);
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });

      expect(model.stats()).toMatchObject({ calls: 2 * calls, repeats: { count: 0 } });
      const rows = await readJsonLines<MasterRow>(bench.output(output), 'master_list.jsonl');
      const messages = await readJsonLines<MessagesRow>(bench.output(output), 'messages.jsonl');
      expect(rows).toHaveLength(6);
      rows.forEach(([text, card, plan, pairs, { scenario }], index) => {
        const name = /^Name: (.+)$/m.exec(card)?.[1] ?? 'nobody';
        const speakers = new Set(text.split('\n').map((line) => line.split(':')[0]));
        expect(speakers.size).toBe(2);
        expect(speakers).toContain(name);
        expect(pairs).toHaveLength(4);
        expect(plan).not.toBe('N/A');
        expect(scenario).not.toContain('Second character:');
        expect(messages[index]?.messages[0]).toEqual({ role: 'system', content: `${card}\n\n${scenario}` });
      });
    },
    5 * MINUTES,
  );

  it.each(['mixed', 'hostile'] as const)(
    'accounts for everything with the %s model, twice the same',
    async (profile) => {
      const [one = '', two = ''] = await Promise.all(
        ['one', 'two'].map(async (name) => {
          const model = await bench.model({ profile, latencyMs: 20, jitterMs: 20 });
          const output = `role-play-${profile}-${name}`;
          expect(await bench.augmentoolkit('run', bench.settings(model, output, ROLE_PLAY))).toMatchObject({ code: 0 });
          return bench.output(output);
        }),
      );
      expect(await readComparable(two)).toEqual(await readComparable(one));
    },
    10 * MINUTES,
  );
});

describe('two providers', () => {
  it(
    'each gets the calls of its own model, at its own address',
    async () => {
      const [small, large] = [await bench.model(), await bench.model()];
      const settings = bench.settings(small, 'two-providers', `API.LARGE_BASE_URL=${large.url}`, ...TWO_CHUNKS);
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });

      expect(large.stats().callsByStep).toEqual({ 'write-assistant-conversation': 6 });
      expect(small.stats().calls).toBe(60);
      expect(small.stats().callsByStep).not.toHaveProperty('write-assistant-conversation');
    },
    5 * MINUTES,
  );
});

describe('a run that stops at the pairs', () => {
  it(
    'goes on to the conversations without repeating a call',
    async () => {
      const model = await bench.model();
      const settings = bench.settings(model, 'pairs-first', ...TWO_CHUNKS);
      const pairs = await bench.augmentoolkit('run', [...settings, '--until', 'pairs']);
      expect(pairs).toMatchObject({ code: 0, stdout: expect.stringContaining('8 pairs from 2 chunks') });
      expect(model.stats().calls).toBe(60);
      const output = bench.output('pairs-first');
      expect(await readdir(join(output, 'qatuples_revised'))).toHaveLength(2);
      expect(await readJsonLines(output, 'messages.jsonl')).toEqual([]);

      const all = await bench.augmentoolkit('run', settings);
      expect(all).toMatchObject({ code: 0, stdout: expect.stringContaining('6 conversations from 2 chunks') });
      expect(model.stats()).toMatchObject({ calls: 66, repeats: { count: 0 } });
      expect(await readJsonLines(output, 'messages.jsonl')).toHaveLength(6);

      const back = await bench.augmentoolkit('run', [...settings, '--until', 'pairs']);
      expect(back).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('The 6 conversations of the last run leave'),
      });
      expect((await bench.augmentoolkit('run', settings)).code).toBe(0);
      expect(await readJsonLines(output, 'messages.jsonl')).toHaveLength(6);
      expect(model.stats().calls).toBe(66);
    },
    5 * MINUTES,
  );

  it(
    'is what REARRANGEMENTS_TO_TAKE: 0 means, too',
    async () => {
      const model = await bench.model();
      const settings = bench.settings(model, 'no-orders', 'SYSTEM.REARRANGEMENTS_TO_TAKE=0', ...TWO_CHUNKS);
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });

      expect(model.stats().calls).toBe(60);
      expect((await readJson<RunSummary>(bench.output('no-orders'), 'run.json')).funnel.pairs.accepted).toBe(8);
    },
    5 * MINUTES,
  );
});

describe('what the model is told', () => {
  it(
    'names title and author with USE_FILENAMES, and reports names of another form before the run starts',
    async () => {
      const model = await bench.model();
      const input = await folderOfTexts('named', ['Mills, by Ada Brook, published 1911.txt', 'notes.txt']);
      const settings = bench.settings(model, 'filenames', `PATH.INPUT=${input}`, 'SYSTEM.USE_FILENAMES=true');
      const { code, stderr } = await bench.augmentoolkit('run', settings);
      expect(code).toBe(0);
      expect(stderr.indexOf('notes.txt')).toBeGreaterThanOrEqual(0);
      expect(stderr.indexOf('notes.txt')).toBeLessThan(stderr.indexOf('is started'));

      const judged = (await readCalls(bench.output('filenames'))).filter(({ call }) => call.step === 'judge-paragraph');
      const told = judged.map(({ request }) => /^From: .*$/m.exec(request.messages.at(-1)?.content ?? '')?.[0]);
      expect(new Set(told)).toEqual(new Set(['From: Mills, by Ada Brook, published 1911', 'From: notes']));
    },
    5 * MINUTES,
  );

  it(
    'holds the stop strings of a prompt, unless STOP is false',
    async () => {
      const model = await bench.model();
      const prompts = join(bench.folder, 'stopping');
      await mkdir(prompts);
      await writeFile(
        join(prompts, 'judge-paragraph.yaml'),
        'description: Judges.\nvariables: [text]\nsampling:\n  stop: ["###"]\nmessages:\n  - role: user\n    content: "<text>\\n{text}\\n</text>"\n',
      );
      const stops = async (output: string, ...more: string[]) => {
        const settings = bench.settings(model, output, `PATH.PROMPTS=${prompts}`, ...TWO_CHUNKS, ...more);
        expect(await bench.augmentoolkit('run', [...settings, '--until', 'pairs'])).toMatchObject({ code: 0 });
        const calls = await readCalls(bench.output(output));
        return new Set(calls.filter(({ request }) => request.sampling.stop !== undefined).map(({ call }) => call.step));
      };

      expect(await stops('stop')).toEqual(new Set(['judge-paragraph']));
      expect(await stops('no-stop', 'SYSTEM.STOP=false')).toEqual(new Set());
    },
    5 * MINUTES,
  );
});

describe('the dataset', () => {
  it(
    'has the system message of ASSISTANT_PROMPT, and a change of it costs no call',
    async () => {
      const model = await bench.model();
      const system = async (prompt: string) => {
        const settings = bench.settings(model, 'assistant', `SYSTEM.ASSISTANT_PROMPT=${prompt}`, ...TWO_CHUNKS);
        expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
        const rows = await readJsonLines<MessagesRow>(bench.output('assistant'), 'messages.jsonl');
        return new Set(rows.map(({ messages }) => messages[0]?.content));
      };

      expect(await system('You know bees.')).toEqual(new Set(['You know bees.']));
      expect(await system('You keep bees: "gladly".')).toEqual(new Set(['You keep bees: "gladly".']));
      expect(model.stats().calls).toBe(66);
    },
    5 * MINUTES,
  );

  it(
    'of a subset grows with it, and the documents that it leaves out are named',
    async () => {
      const model = await bench.model();
      const input = await folderOfTexts('many', ['a.txt', 'b.txt', 'c.txt']);
      const take = async (size: number) => {
        const settings = bench.settings(model, 'subset', `PATH.INPUT=${input}`, 'SYSTEM.USE_SUBSET=true');
        const { code, stderr } = await bench.augmentoolkit('run', [...settings, '--set', `SYSTEM.SUBSET_SIZE=${size}`]);
        expect(code).toBe(0);
        return { stderr, rows: await readJsonLines<MasterRow>(bench.output('subset'), 'master_list.jsonl') };
      };

      const one = await take(1);
      expect(one.stderr).toContain('SUBSET_SIZE 1 takes no chunk of b.txt, c.txt');
      expect((await readJson<RunSummary>(bench.output('subset'), 'run.json')).notes).toHaveLength(1);
      const three = await take(3);
      expect(three.stderr).not.toContain('takes no chunk');
      expect(three.rows.slice(0, one.rows.length)).toEqual(one.rows);
      expect(model.stats().calls).toBe(3 * 33);
    },
    5 * MINUTES,
  );
});

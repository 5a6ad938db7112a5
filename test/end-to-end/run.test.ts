import { once } from 'node:events';
import { stageCounts } from '../../src/accounting.js';
import type { StageCount } from '../../src/records.js';
import type { MessagesRow, ShareGptRow } from '../../src/outputs/rows.js';
import type { RunSummary } from '../../src/outputs/run-summary.js';
import { Workbench } from '../support/command-line.js';
import { readComparable, readJson, readJsonLines } from '../support/dataset.js';

const MINUTES = 60_000;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
}, 10 * MINUTES);
afterAll(() => bench.close(), MINUTES);

function isBalanced({ in: all, accepted, rejected, failed, notRun }: StageCount): boolean {
  return all === accepted + rejected + failed + notRun;
}

describe('augmentoolkit run', () => {
  it(
    'turns the sample text into a dataset, and runs again without a call',
    async () => {
      const model = await bench.model();
      const run = () => bench.augmentoolkit('run', bench.settings(model, 'first'));
      const first = await run();
      expect(first).toMatchObject({ code: 0 });
      const summary = await readJson<RunSummary>(bench.output('first'), 'run.json');
      const chunks = summary.funnel.chunks.in;
      expect(chunks).toBeGreaterThan(3);
      expect(stageCounts(summary.funnel).every(isBalanced)).toBe(true);
      expect(model.stats()).toMatchObject({ calls: 33 * chunks, repeats: { count: 0 } });
      expect(summary.rows).toBe(3 * chunks);

      const rows = await readJsonLines<MessagesRow>(bench.output('first'), 'messages.jsonl');
      expect(rows).toHaveLength(summary.rows);
      for (const { messages } of rows) {
        const [system, ...turns] = messages.map(({ role }) => role);
        expect(system).toBe('system');
        expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')));
        expect(turns.at(-1)).toBe('assistant');
        expect(messages.every(({ content }) => content.trim() !== '')).toBe(true);
      }
      const shareGpt = await readJsonLines<ShareGptRow>(bench.output('first'), 'simplified_data.jsonl');
      expect(new Set(shareGpt.flatMap((row) => row.conversations.map(({ from }) => from)))).toEqual(
        new Set(['system', 'human', 'gpt']),
      );

      const before = await readComparable(bench.output('first'));
      expect(await run()).toMatchObject({ code: 0 });
      expect(model.stats().calls).toBe(33 * chunks);
      expect(await readComparable(bench.output('first'))).toEqual(before);
    },
    5 * MINUTES,
  );

  it.each([
    [1, 21],
    [2, 33],
    [5, 45],
  ])(
    'with %i votes makes %i calls a chunk',
    async (votes, calls) => {
      const model = await bench.model();
      const settings = bench.settings(
        model,
        `votes-${votes}`,
        `SYSTEM.DOUBLE_CHECK_COUNTER=${votes}`,
        'SYSTEM.USE_SUBSET=true',
        'SYSTEM.SUBSET_SIZE=2',
      );
      expect(await bench.augmentoolkit('run', settings)).toMatchObject({ code: 0 });
      expect(model.stats().calls).toBe(2 * calls);
    },
    5 * MINUTES,
  );

  it.each(['mixed', 'hostile'] as const)(
    'accounts for everything with the %s model, twice the same',
    async (profile) => {
      const runs = await Promise.all(
        ['one', 'two'].map(async (name) => {
          const model = await bench.model({ profile, latencyMs: 20, jitterMs: 20 });
          const output = `${profile}-${name}`;
          expect(await bench.augmentoolkit('run', bench.settings(model, output))).toMatchObject({ code: 0 });
          return bench.output(output);
        }),
      );
      const [one = '', two = ''] = runs;
      const summary = await readJson<RunSummary>(one, 'run.json');
      const rejected = await readJsonLines<{ reason: string; step: string }>(one, 'rejected.jsonl');
      expect(stageCounts(summary.funnel).every(isBalanced)).toBe(true);
      expect(rejected.length).toBe(
        stageCounts(summary.funnel).reduce((sum, { rejected: no, failed }) => sum + no + failed, 0),
      );
      expect(rejected.every(({ reason, step }) => reason !== '' && step !== '')).toBe(true);
      expect(await readComparable(two)).toEqual(await readComparable(one));
    },
    10 * MINUTES,
  );

  it(
    'has all its files again after a run on a part of the input',
    async () => {
      const model = await bench.model();
      const run = (...more: string[]) => bench.augmentoolkit('run', bench.settings(model, 'parts', ...more));
      expect(await run()).toMatchObject({ code: 0 });
      const all = await readComparable(bench.output('parts'));
      const { calls } = model.stats();
      expect(await run('SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=2')).toMatchObject({ code: 0 });
      expect(Object.keys(await readComparable(bench.output('parts')))).toHaveLength(5 + 2 * 5);
      expect(await run()).toMatchObject({ code: 0 });
      expect(await readComparable(bench.output('parts'))).toEqual(all);
      expect(model.stats().calls).toBe(calls);
    },
    5 * MINUTES,
  );

  it(
    'goes on to its end where whoever reads along has gone',
    async () => {
      const model = await bench.model({ latencyMs: 50 });
      const settings = bench.settings(model, 'closed-pipe', 'SYSTEM.USE_SUBSET=true', 'SYSTEM.SUBSET_SIZE=2');
      const child = bench.spawn('run', [...settings, '--json']);
      const ended = once(child, 'exit');
      await once(child.stdout ?? child, 'data');
      child.stdout?.destroy();
      child.stderr?.destroy();
      expect((await ended)[0]).toBe(0);
      expect((await readJson<RunSummary>(bench.output('closed-pipe'), 'run.json')).rows).toBe(6);
      expect(model.stats()).toMatchObject({ calls: 66, repeats: { count: 0 } });
    },
    5 * MINUTES,
  );
});

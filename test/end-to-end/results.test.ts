import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rejection } from '../../src/outputs/rejections.js';
import type { MasterRow, MessagesRow } from '../../src/outputs/rows.js';
import { Workbench } from '../support/command-line.js';
import { readJsonLines } from '../support/dataset.js';

const MINUTES = 60_000;

describe('after a run, without a server', () => {
  let bench: Workbench;
  let output: string;
  let settings: string[];
  beforeAll(async () => {
    bench = await Workbench.open();
    settings = bench.settings(await bench.model({ profile: 'mixed' }), 'output');
    output = bench.output('output');
    const { code, stderr } = await bench.augmentoolkit('run', settings);
    if (code !== 0) throw new Error(stderr);
    // It must not be needed.
    await bench.augmentoolkit('server', ['stop']);
  }, 3 * MINUTES);
  afterAll(() => bench.close(), MINUTES);

  const inspect = (...args: string[]) => bench.augmentoolkit('inspect', [...args, ...settings]);

  it(
    'inspect tells of a row of the dataset, by its place and by its id',
    async () => {
      const rows = await readJsonLines<MessagesRow>(output, 'messages.jsonl');
      const masters = await readJsonLines<MasterRow>(output, 'master_list.jsonl');
      const id = masters.at(-1)?.[4].id ?? '';
      const byPlace = await inspect(`messages.jsonl:${rows.length}`);
      expect(byPlace).toMatchObject({ code: 0, stderr: '' });
      expect(await inspect(id)).toEqual(byPlace);
      const answers = rows.at(-1)?.messages.filter(({ role }) => role === 'assistant') ?? [];
      const story = byPlace.stdout.replaceAll(/\s+/g, ' ');
      expect(answers.filter(({ content }) => !story.includes(content.replaceAll(/\s+/g, ' ')))).toEqual([]);
    },
    MINUTES,
  );

  it(
    'inspect tells why something was dropped, with all its calls',
    async () => {
      const dropped = await readJsonLines<Rejection>(output, 'rejected.jsonl');
      const place = dropped.findIndex(({ item }) => item === 'chunk') + 1;
      const { stdout } = await inspect(`rejected.jsonl:${place}`, '--json', '--calls');
      const story = JSON.parse(stdout) as { chunk: string; record: { reason: string }; calls: { reply: string }[] };
      const { id, reason, calls } = dropped[place - 1] ?? {};
      expect(story).toMatchObject({ chunk: id, record: { reason } });
      expect(story.calls).toHaveLength(calls?.length ?? 0);
      expect(story.calls[0]?.reply).toContain('UNSUITABLE');
    },
    MINUTES,
  );

  it(
    'inspect knows each chunk, and says what to do about an id that is none',
    async () => {
      const chunks = (await readdir(join(output, 'records'))).map((file) => file.replace('.json', ''));
      const told = await Promise.all(chunks.slice(0, 3).map((chunk) => inspect(chunk)));
      expect(told.map(({ code, stdout }) => [code, stdout.split('\n')[1]])).toEqual(
        chunks.slice(0, 3).map((chunk) => [0, chunk]),
      );
      const wrong = await inspect('no-such-chunk');
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toMatch(/^no-such-chunk is the id of no chunk of this run\. Give a chunk's id/);
      // Whatever is shown, nothing in it steers the terminal.
      expect((await inspect('\u001b[2Jchunk')).stderr).toMatch(/^⟨U\+001B⟩\[2Jchunk is the id of no chunk/);
    },
    MINUTES,
  );

  it(
    'export writes rows that inspect knows, and says what goes with what',
    async () => {
      const exported = (...args: string[]) => bench.augmentoolkit('export', [...args, ...settings]);
      const { code, stdout } = await exported('--format', 'messages', '--validation', '0.2', '--split-by', 'chunk');
      expect({ code, says: stdout.split('\n')[0] }).toEqual({
        code: 0,
        says: expect.stringContaining('for validation, split by chunk'),
      });
      const [first] = await readJsonLines<{ id: string }>(output, 'exports/messages/validation.jsonl');
      const told = await inspect(join(output, 'exports/messages/validation.jsonl:1'));
      expect(told).toEqual(await inspect(first?.id ?? ''));
      expect(await exported('--format', 'alpaca', '--trainer', 'trl')).toMatchObject({
        code: 2,
        stderr: 'trl does not load alpaca; it loads messages, prompt-completion, calls\n',
      });
    },
    MINUTES,
  );
});

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { RunArchive } from '../../src/archive/run-archive.js';
import { EXPORT_FORMATS } from '../../src/export/export-formats.js';
import type { RowOrigin } from '../../src/export/training-row.js';
import { type ExportOptions, writeExport } from '../../src/export/write-export.js';
import type { ChunkRecord } from '../../src/records.js';
import { LocalStore } from '../../src/store/local-store.js';
import { UserError } from '../../src/user-error.js';
import { CHUNKS, writeArchive } from '../support/archive.js';
import {
  PAIRS,
  sampleCall,
  sampleConversation,
  samplePairRecord,
  sampleQuestion,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const [FIRST = '', SECOND = ''] = CHUNKS.map(({ id }) => id);
const RECORDS = [
  sampleRecord({ chunk: FIRST, conversations: [sampleConversation(1, [2, 1]), sampleRolePlay(2, [1])] }),
  sampleRecord({ chunk: SECOND }),
];

describe('an export', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await newFolder(), 'export');
  });

  async function archiveOf(records: readonly ChunkRecord[], calls = [sampleCall('judge', { chunk: FIRST })]) {
    const store = new LocalStore(await newFolder());
    return RunArchive.open(store, await writeArchive(store, { records, calls }));
  }

  async function write(more: Partial<ExportOptions> = {}, records = RECORDS) {
    const archive = more.archive ?? (await archiveOf(records));
    const defaults = {
      run: 'canals-1a2b3c',
      format: 'messages',
      kind: 'jsonl',
      validation: 0,
      splitBy: 'chunk',
    } as const;
    return writeExport({ ...defaults, trainers: ['axolotl'], folder, ...more, archive });
  }

  const read = async <Row>(file: string): Promise<Row[]> =>
    (await readFile(join(folder, file), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);

  it('has conversations without the opener, strictly in turn', async () => {
    await write();
    const rows = await read<{ id: string; messages: { role: string; content: string }[] }>('train.jsonl');
    expect(rows.map(({ id }) => id)).toEqual([`${FIRST}/c1`, `${FIRST}/c2`, `${SECOND}/c1`]);
    expect(rows[0]?.messages).toEqual([
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content: PAIRS[1]?.question },
      { role: 'assistant', content: PAIRS[1]?.answer },
      { role: 'user', content: PAIRS[0]?.question },
      { role: 'assistant', content: PAIRS[0]?.answer },
    ]);
  });

  it.each([
    [
      'sharegpt',
      {
        id: `${FIRST}/c2`,
        conversations: [
          expect.objectContaining({ from: 'system' }),
          { from: 'human', value: PAIRS[0]?.question },
          { from: 'gpt', value: PAIRS[0]?.answer },
        ],
      },
    ],
    ['alpaca', { id: `${FIRST}/q1`, instruction: PAIRS[0]?.question, input: '', output: PAIRS[0]?.answer }],
    ['question-answer', { id: `${FIRST}/q1`, question: PAIRS[0]?.question, answer: PAIRS[0]?.answer }],
    [
      'prompt-completion',
      {
        id: `${FIRST}/c1/t2`,
        prompt: expect.any(Array),
        completion: [{ role: 'assistant', content: PAIRS[0]?.answer }],
      },
    ],
  ] as const)('as %s', async (format, expected) => {
    await write({ format });
    expect(await read('train.jsonl')).toContainEqual(expected);
  });

  it('of pairs needs no conversation', async () => {
    await write({ format: 'question-answer' }, [sampleRecord({ chunk: FIRST, until: 'pairs', conversations: [] })]);
    expect(await read('train.jsonl')).toHaveLength(2);
  });

  it('of calls takes answers that could be used and were not outvoted', async () => {
    const vote = (answer: 'yes' | 'no', call: string) => ({ vote: answer, reason: '', calls: [call] });
    const votes = [vote('yes', 'q1.v1.question.1'), vote('no', 'q1.v1.question.2'), vote('yes', 'q1.v1.question.3')];
    const question = sampleQuestion(1, {
      versions: [
        { pair: PAIRS[0] ?? { question: '', answer: '' }, checks: [{ check: 'question', outcome: 'passed', votes }] },
      ],
    });
    const record = sampleRecord({
      chunk: FIRST,
      questions: [question],
      pairs: [samplePairRecord(1)],
      conversations: [],
    });
    const ids = ['judge', 'generate', 'q1.v1.question.1', 'q1.v1.question.2', 'q1.v1.question.3', 'q9.revise'];
    const calls = ids.map((id) => sampleCall(id, { chunk: FIRST }));
    const spoilt = { ...sampleCall('q1.revise', { chunk: FIRST }), unusable: 'No verdict.' };
    const archive = await archiveOf([record], [...calls, spoilt]);
    await write({ archive, format: 'calls' });
    const rows = await read<{ id: string; step: string; messages: { role: string }[] }>('train.jsonl');
    expect(rows.map(({ id }) => id)).toEqual(
      ['judge', 'generate', 'q1.v1.question.1', 'q1.v1.question.3'].map((id) => `${FIRST}/${id}`),
    );
    expect(rows[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    await expect(write({ archive, format: 'calls', step: 'write-character' })).rejects.toThrow(
      'calls of write-character',
    );
  });

  it.each(EXPORT_FORMATS)('as %s is the same in Parquet as in JSON lines', async (format) => {
    await write({ format });
    const lines = await read('train.jsonl');
    await write({ format, kind: 'parquet' });
    const file = await asyncBufferFromFile(join(folder, 'train.parquet'));
    expect(await parquetReadObjects({ file })).toEqual(lines);
  });

  it('has a sidecar with the same ids, that says where each row comes from', async () => {
    await write({ validation: 0.4 });
    const about = await read<RowOrigin & { id: string; split: string }>('metadata.jsonl');
    const ids = async (split: string) => (await read<{ id: string }>(`${split}.jsonl`)).map(({ id }) => id);
    for (const split of ['train', 'validation']) {
      expect(about.filter((each) => each.split === split).map(({ id }) => id)).toEqual(await ids(split));
    }
    expect(about[0]).toMatchObject({
      id: `${FIRST}/c1`,
      chunk: FIRST,
      source: 'canals.txt',
      textname: 'Canals',
      span: CHUNKS[0]?.span,
      questions: [2, 1],
    });
  });

  it('keeps what belongs together in one file', async () => {
    const summary = await write({ validation: 0.4 });
    const about = await read<RowOrigin & { split: string }>('metadata.jsonl');
    const splits = new Set(about.map(({ chunk, split }) => `${chunk} ${split}`));
    expect(splits.size).toBe(2);
    expect(summary.rows.train + summary.rows.validation).toBe(3);
    await expect(write({ validation: 0.4, splitBy: 'document' })).rejects.toThrow(
      /come from one document.*--split-by chunk/,
    );
  });

  it('is the same bytes each time, and takes the place of the last one whole', async () => {
    await write({ validation: 0.4 });
    const files = async () =>
      Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), 'utf8')]));
    const first = await files();
    await write({ validation: 0.4 });
    expect(await files()).toEqual(first);
    await write({ format: 'question-answer', trainers: [] });
    expect((await readdir(folder)).toSorted()).toEqual(['export.json', 'metadata.jsonl', 'train.jsonl']);
  });

  it('says of how many chunks it is where the run is not at its end', async () => {
    expect(await write({}, [sampleRecord({ chunk: FIRST })])).toMatchObject({ chunks: { done: 1, all: 2 } });
  });

  it('leaves a folder with other things alone', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    await expect(write()).rejects.toThrow(/holds other files than an export/);
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('is not written where a row breaks a rule, and says which', async () => {
    const broken = sampleRecord({
      chunk: SECOND,
      pairs: [samplePairRecord(1, { pair: { question: 'Why?', answer: ' ' } })],
    });
    const writing = write({ format: 'question-answer' }, [sampleRecord({ chunk: FIRST }), broken]);
    await expect(writing).rejects.toThrow(
      /1 of 3 rows break a rule of the trainers' loaders .*:\n  canals-0a1b2c-00002-89abcdef\/q1: answer is empty/,
    );
    await expect(writing).rejects.toBeInstanceOf(UserError);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('is not written where there is nothing to write', async () => {
    await expect(write({}, [])).rejects.toThrow('There is nothing to export as messages');
  });
});

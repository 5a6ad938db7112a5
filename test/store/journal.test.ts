import { jest } from '@jest/globals';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallRecord } from '../../src/call-record.js';
import { Journal, journalKey } from '../../src/store/journal.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealLine } from '../../src/store/sealed.js';
import { SingleFlight } from '../../src/store/single-flight.js';
import { SAMPLE_CHUNK, sampleCall, sampleRequest } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const CHUNK = SAMPLE_CHUNK.id;
const newFolder = temporaryFolders();

function journalOver(store: LocalStore): { journal: Journal; problems: string[]; flights: SingleFlight } {
  const problems: string[] = [];
  const flights = new SingleFlight();
  const journal = new Journal({ store, flights, onProblem: (message) => problems.push(message) });
  return { journal, problems, flights };
}

async function newJournal() {
  const store = new LocalStore(await newFolder());
  return { store, ...journalOver(store) };
}

async function writeAll(journal: Journal, records: CallRecord[]): Promise<void> {
  await Promise.all(records.map((record) => journal.write(record)));
}

function find(journal: Journal, record: CallRecord): Promise<CallRecord | undefined> {
  return journal.find(record.call, record.requestHash);
}

function pathOf({ call, requestHash }: CallRecord): string {
  return RUN_FILES.looseCall(call.chunk, call.id, requestHash);
}

async function filesOf(store: LocalStore): Promise<string[]> {
  const entries = await readdir(join(store.location, 'generations'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function foldedIds(store: LocalStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of store.readLines(RUN_FILES.foldedCalls(CHUNK)))
    ids.push((JSON.parse(line) as CallRecord).call.id);
  return ids;
}

describe("a call's key", () => {
  const call = { chunk: CHUNK, step: 'check-question', id: 'q1.v1.question.1' };
  const key = journalKey(sampleRequest('Why?'), call);

  it('does not depend on the order in which things were put together', () => {
    const { sampling, messages, model } = sampleRequest('Why?');
    const { max_tokens: maxTokens, ...rest } = sampling;
    const shuffled = { sampling: { max_tokens: maxTokens, ...rest }, messages, model };
    expect(journalKey(shuffled, { id: call.id, step: call.step, chunk: call.chunk })).toBe(key);
  });

  it('is the same for every version of the program', () => {
    expect(key).toBe('341b8761c7e4bb443821c3d54dae6715ff285333a6056e7378a83ecb68ade0e4');
  });

  it.each([
    ['another place of the same vote', sampleRequest('Why?'), { ...call, id: 'q1.v1.question.2' }],
    ['another step', sampleRequest('Why?'), { ...call, step: 'check-answer-accuracy' }],
    ['another chunk', sampleRequest('Why?'), { ...call, chunk: 'canals-0a1b2c-00003-00000000' }],
    ['another text', sampleRequest('Why ?'), call],
    ['another model', sampleRequest('Why?', 'rehearsal-large'), call],
    [
      'another temperature',
      { ...sampleRequest('Why?'), sampling: { ...sampleRequest('').sampling, temperature: 0 } },
      call,
    ],
    ['stop strings', { ...sampleRequest('Why?'), sampling: { ...sampleRequest('').sampling, stop: ['\n\n'] } }, call],
  ])('differs for %s', (_what, request, name) => {
    expect(journalKey(request, name)).not.toBe(key);
  });
});

describe('finding', () => {
  it('gives back what was written, loose and folded', async () => {
    const { journal, problems } = await newJournal();
    const record = sampleCall('judge', { reply: 'Größe\u2028„x“\r\nVerdict: SUITABLE' });
    expect(await find(journal, record)).toBeUndefined();
    await journal.write(record);
    expect(await find(journal, record)).toEqual(record);
    await journal.fold(CHUNK);
    expect(await find(journal, record)).toEqual(record);
    expect(problems).toEqual([]);
  });

  it('keeps two votes with the same text apart', async () => {
    const { journal } = await newJournal();
    const votes = [1, 2].map((vote) => sampleCall(`q1.v1.question.${vote}`, { reply: `Vote ${vote}` }));
    await writeAll(journal, votes);
    for (const state of ['loose', 'folded']) {
      const found = await Promise.all(votes.map((vote) => find(journal, vote)));
      expect([state, ...found.map((record) => record?.reply)]).toEqual([state, 'Vote 1', 'Vote 2']);
      await journal.fold(CHUNK);
    }
  });

  it('gives no answer to an earlier request of the same call', async () => {
    const { journal } = await newJournal();
    const [before, after] = [sampleCall('judge', { question: 'Old prompt' }), sampleCall('judge', { question: 'New' })];
    await journal.write(before);
    expect(await find(journal, after)).toBeUndefined();
    await journal.fold(CHUNK);
    expect(await find(journal, after)).toBeUndefined();
  });
});

describe('a record that was damaged', () => {
  const record = sampleCall('judge');
  const whole = sealLine(record);
  const damages: [string, string][] = [
    ['cut off', whole.slice(0, 200)],
    ['empty', ''],
    ['no object', 'null'],
    ['another kind of object', '{"paused": true}'],
    ['without its checksum', JSON.stringify(record)],
    ['an altered reply', whole.replace('RELEVANT', 'IRRELEVANT')],
    ['one bit of its reply turned', whole.replace('RELEVANT', 'RELEVAOT')],
    ['altered usage', whole.replace('"completion":9', '"completion":90')],
    ['zeros', '\0'.repeat(whole.length)],
    ['an altered request', whole.replace('You check questions.', 'You check nothing.')],
    ['an altered call', whole.replace('"id":"judge"', '"id":"generate"')],
    ['binary rubbish', '\u0000\u0001{'],
  ];

  it.each(damages)('counts as absent and is told of once: %s', async (_what, text) => {
    const { store, journal, problems } = await newJournal();
    await store.write(pathOf(record), text);
    for (let attempt = 1; attempt <= 3; attempt += 1) expect(await find(journal, record)).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(pathOf(record))]);
    await journal.write(record);
    expect(await find(journal, record)).toEqual(record);
  });

  it('is not missed where the fold has it whole', async () => {
    const { store, journal } = await newJournal();
    await journal.write(record);
    await journal.fold(CHUNK);
    await store.write(pathOf(record), whole.slice(0, 200));
    expect(await find(journal, record)).toEqual(record);
    await journal.fold(CHUNK);
    expect(await find(journal, record)).toEqual(record);
  });

  it.each(damages)('spoils no other line of the fold: %s', async (_what, text) => {
    const { store, journal, problems } = await newJournal();
    const [other, late] = [sampleCall('generate'), sampleCall('q1.revise')];
    await store.write(RUN_FILES.foldedCalls(CHUNK), `${sealLine(other)}\n${text}\n`);
    expect(await find(journal, record)).toBeUndefined();
    expect(await find(journal, other)).toEqual(other);
    await journal.write(late);
    await journal.fold(CHUNK);
    expect(await foldedIds(store)).toEqual(['generate', 'q1.revise']);
    expect(problems.length).toBe(text === '' ? 0 : 1);
  });
});

describe('damage that hides the key of a call', () => {
  it.each([
    ['a letter of the key', (text: string, key: string) => text.replaceAll(key, key.replace(/^./, 'x'))],
    ['the end of the file', (text: string) => text.slice(0, text.indexOf('requestHash'))],
    ['all of it', () => ''],
  ])('is told of, too, once: %s', async (_what, damage) => {
    const { store, journal } = await newJournal();
    const record = sampleCall('judge');
    await journal.write(record);
    await journal.fold(CHUNK);
    const path = RUN_FILES.foldedCalls(CHUNK);
    await store.write(path, damage((await store.read(path)) ?? '', record.requestHash));

    const { journal: restarted, problems } = journalOver(store);
    for (let attempt = 1; attempt <= 3; attempt += 1) expect(await find(restarted, record)).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(`${path} is damaged`)]);
  });

  it('is no matter where a call is new', async () => {
    const { journal, problems } = await newJournal();
    expect(await find(journal, sampleCall('judge'))).toBeUndefined();
    await journal.write(sampleCall('generate'));
    await journal.fold(CHUNK);
    expect(await find(journal, sampleCall('judge'))).toBeUndefined();
    expect(problems).toEqual([]);
  });
});

it('leaves a damaged file where it is, for its call may be writing it anew', async () => {
  const { store, journal } = await newJournal();
  const [damaged, whole] = [sampleCall('judge'), sampleCall('generate')];
  await store.write(pathOf(damaged), 'rubbish');
  await journal.fold(CHUNK);
  expect(await store.exists(RUN_FILES.foldedCalls(CHUNK))).toBe(false);
  await journal.write(whole);
  await journal.fold(CHUNK);
  expect(await store.read(pathOf(damaged))).toBe('rubbish');
  await journal.write(damaged);
  await journal.fold(CHUNK);
  expect(await foldedIds(store)).toEqual(['generate', 'judge']);
  expect(await store.exists(pathOf(damaged))).toBe(false);
});

describe('folding', () => {
  it('leaves one file, sorted by call, and no folder', async () => {
    const { store, journal } = await newJournal();
    await writeAll(
      journal,
      ['q1.v1.question.2', 'judge', 'generate', 'q1.v1.question.1'].map((id) => sampleCall(id)),
    );
    await journal.fold(CHUNK);
    expect(await readdir(join(store.location, 'generations'))).toEqual([`${CHUNK}.jsonl`]);
    expect(await foldedIds(store)).toEqual(['generate', 'judge', 'q1.v1.question.1', 'q1.v1.question.2']);
  });

  it('touches nothing of another chunk, and nothing where nothing is loose', async () => {
    const { store, journal } = await newJournal();
    const other = sampleCall('judge', { chunk: 'canals-0a1b2c-00003-00000000' });
    await writeAll(journal, [sampleCall('judge'), other]);
    await journal.fold(CHUNK);
    const before = await store.read(RUN_FILES.foldedCalls(CHUNK));
    await journal.fold(CHUNK);
    expect(await store.read(RUN_FILES.foldedCalls(CHUNK))).toBe(before);
    expect(await store.exists(pathOf(other))).toBe(true);
  });

  it('unites loose and folded records, and keeps earlier requests of a call', async () => {
    const { store, journal } = await newJournal();
    const [before, after] = [
      sampleCall('judge', { question: 'Old prompt', reply: 'old' }),
      sampleCall('judge', { question: 'New prompt', reply: 'new' }),
    ];
    await journal.write(before);
    await journal.fold(CHUNK);
    await writeAll(journal, [after, sampleCall('generate')]);
    await journal.fold(CHUNK);
    expect((await find(journal, before))?.reply).toBe('old');
    expect((await find(journal, after))?.reply).toBe('new');
    expect(await foldedIds(store)).toEqual(['generate', 'judge', 'judge']);
    expect(await journal.readAll(CHUNK)).toHaveLength(3);
  });

  it('doubles nothing when it was interrupted before the loose files went', async () => {
    const store = new StubbornStore(await newFolder());
    const { journal } = journalOver(store);
    const records = ['judge', 'generate', 'q1.revise'].map((id) => sampleCall(id));
    await writeAll(journal, records);
    store.removalsLeft = 1;
    await expect(journal.fold(CHUNK)).rejects.toThrow('killed');
    expect(await journal.readAll(CHUNK)).toHaveLength(3);

    const { journal: restarted } = journalOver(store);
    for (const record of records) expect(await find(restarted, record)).toEqual(record);
    store.removalsLeft = Infinity;
    await restarted.fold(CHUNK);
    expect(await foldedIds(store)).toEqual(['generate', 'judge', 'q1.revise']);
    expect(await filesOf(store)).toEqual([`${CHUNK}.jsonl`]);
  });

  it('takes an answer that came late the next time', async () => {
    const { store, journal } = await newJournal();
    await journal.write(sampleCall('judge'));
    await journal.fold(CHUNK);
    const late = sampleCall('q2.v1.question.3');
    await journal.write(late);
    expect(await find(journal, late)).toEqual(late);
    await journal.fold(CHUNK);
    expect(await foldedIds(store)).toEqual(['judge', 'q2.v1.question.3']);
    expect(await find(journal, late)).toEqual(late);
  });

  it('loses no answer that is written while it goes on', async () => {
    const { store, journal } = await newJournal();
    const records = Array.from({ length: 40 }, (_, index) => sampleCall(`q${index}.revise`));
    const writing = records.map(async (record, index) => {
      await journal.write(record);
      if (index % 7 === 0) await journal.fold(CHUNK);
      expect(await find(journal, record)).toEqual(record);
    });
    await Promise.all(writing);
    await journal.fold(CHUNK);
    expect(await foldedIds(store)).toHaveLength(40);
  });

  it('runs once for two who ask at the same time', async () => {
    const { store, journal, flights } = await newJournal();
    await journal.write(sampleCall('judge'));
    const folding = [journal.fold(CHUNK), journal.fold(CHUNK)];
    expect(flights.keys()).toEqual([`fold/${CHUNK}`]);
    await Promise.all(folding);
    expect(await foldedIds(store)).toEqual(['judge']);
  });

  it('is read by whoever starts with the folded file alone', async () => {
    const { store, journal } = await newJournal();
    await journal.write(sampleCall('judge'));
    await journal.fold(CHUNK);
    const copy = new LocalStore(await newFolder());
    await copy.write(RUN_FILES.foldedCalls(CHUNK), (await store.read(RUN_FILES.foldedCalls(CHUNK))) ?? '');
    expect(await find(journalOver(copy).journal, sampleCall('judge'))).toEqual(sampleCall('judge'));
  });
});

/** A store whose process is killed at a removal. */
class StubbornStore extends LocalStore {
  removalsLeft = Infinity;

  override async remove(path: string): Promise<void> {
    if (this.removalsLeft === 0) throw new Error('killed');
    this.removalsLeft -= 1;
    await super.remove(path);
  }
}

describe('an answer that cannot be written', () => {
  afterEach(() => jest.useRealTimers());

  it('waits and is written as soon as that works, and says so each time', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    const store = new FullStore(await newFolder());
    const { journal, problems } = journalOver(store);
    const record = sampleCall('judge');
    expect(journal.trouble).toBeUndefined();
    let isWritten = false;
    const writing = journal.write(record).then(() => (isWritten = true));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(isWritten).toBe(false);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('no space left on device');
    expect(problems[0]).toContain(store.location);
    expect(journal.trouble).toContain('no space left on device');
    await jest.advanceTimersByTimeAsync(5_000);
    await writing;
    expect(await find(journal, record)).toEqual(record);
    expect(journal.trouble).toBeUndefined();
  });
});

/** A store whose disk is full for the first two writes. */
class FullStore extends LocalStore {
  #failuresLeft = 2;

  override async write(path: string, content: string): Promise<void> {
    this.#failuresLeft -= 1;
    if (this.#failuresLeft >= 0) throw new Error('ENOSPC: no space left on device');
    await super.write(path, content);
  }
}

it('passes over files in the making that a killed worker left', async () => {
  const { store, journal, problems } = await newJournal();
  await journal.write(sampleCall('judge'));
  const left = join(store.location, RUN_FILES.looseCalls(CHUNK), 'generate.0123456789ab.json.01234567-89ab.tmp');
  await writeFile(left, '{"call":');
  await journal.fold(CHUNK);
  expect(await foldedIds(store)).toEqual(['judge']);
  expect(problems).toEqual([]);
  await rm(left);
});

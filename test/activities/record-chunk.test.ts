import { summarizeRecord } from '../../src/accounting.js';
import type { ChunkRecord } from '../../src/records.js';
import { blockPath, renderBlock } from '../../src/store/chunk-blocks.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import type { IoDesk } from '../support/io-desk.js';
import { openIoDesk } from '../support/io-desk.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { SAMPLE_CHUNK, sampleCall, sampleRecord } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const CHUNK = SAMPLE_CHUNK.id;
const PLAN = SAMPLE_PLAN.fingerprint;
const FOLDERS = [
  'worthy_for_questions',
  'qatuples_raw',
  'qatuples_revised',
  'multiturn_convs_info',
  'multiturn_convs',
] as const;

const newFolder = temporaryFolders();

describe('recordChunk', () => {
  let desk: IoDesk;
  beforeEach(async () => {
    desk = await openIoDesk(await newFolder(), SAMPLE_PLAN);
    await desk.store.write(blockPath(CHUNK) ?? '', renderBlock([SAMPLE_CHUNK]));
    desk.store.written.length = 0;
  });

  it('writes the files of the chunk, and its record last of all', async () => {
    await desk.journal.write(sampleCall('judge'));
    desk.store.written.length = 0;
    const record = sampleRecord();

    await desk.run('recordChunk', { plan: PLAN, record });

    expect(desk.store.written).toEqual([
      ...FOLDERS.map((folder) => `${folder}/${CHUNK}.json`),
      RUN_FILES.foldedCalls(CHUNK),
      RUN_FILES.record(CHUNK),
    ]);
    expect(await desk.json(RUN_FILES.record(CHUNK))).toEqual(record);
  });

  it('says of each pair where it comes from', async () => {
    await desk.run('recordChunk', { plan: PLAN, record: sampleRecord() });

    const [first] = (await desk.json(`qatuples_raw/${CHUNK}.json`)) as string[][];
    expect(first).toEqual([
      'How many pairs of gates has a lock?',
      'A lock has two pairs of gates.',
      SAMPLE_CHUNK.text,
      'Canals',
    ]);
  });

  it('folds the journal of the chunk', async () => {
    await desk.journal.write(sampleCall('judge'));
    await desk.journal.write(sampleCall('generate'));

    await desk.run('recordChunk', { plan: PLAN, record: sampleRecord() });

    expect(await desk.store.list(RUN_FILES.looseCalls(CHUNK))).toEqual([]);
    expect((await desk.journal.readAll(CHUNK)).map(({ call }) => call.id)).toEqual(['generate', 'judge']);
  });

  it('removes what an earlier record left', async () => {
    await desk.run('recordChunk', { plan: PLAN, record: sampleRecord() });
    const rest = sampleRecord({ judge: { calls: [] }, questions: [], pairs: [], conversations: [] });

    await desk.run('recordChunk', { plan: PLAN, record: { ...rest, state: 'failed', reason: 'refused' } });

    const left = await Promise.all(FOLDERS.map((folder) => desk.store.list(folder)));
    expect(left.flat()).toEqual([]);
    expect(await desk.json(RUN_FILES.record(CHUNK))).toMatchObject({ state: 'failed', reason: 'refused' });
  });

  it('leaves no record where a file cannot be written', async () => {
    desk.store.refuse('multiturn_convs/');

    await expect(desk.run('recordChunk', { plan: PLAN, record: sampleRecord() })).rejects.toThrow('EACCES');
    expect(await desk.store.exists(RUN_FILES.record(CHUNK))).toBe(false);
  });
});

describe('findOpenChunks', () => {
  const entry = (id: string) => ({ id, fingerprint: `new-${id}`, label: `Canals, ${id}` });
  let desk: IoDesk;
  beforeEach(async () => {
    desk = await openIoDesk(await newFolder(), SAMPLE_PLAN);
    await desk.store.write(RUN_FILES.manifestPage(PLAN, 1), sealFile({ chunks: [entry('other')] }));
    const chunks = ['done', 'stale', 'missing', 'garbled'].map(entry);
    await desk.store.write(RUN_FILES.manifestPage(PLAN, 2), sealFile({ chunks }));
  });

  it('tells finished chunks from those that are to be done', async () => {
    const done: ChunkRecord = sampleRecord({ chunk: 'done', fingerprint: 'new-done' });
    const stale = sampleRecord({ chunk: 'stale', fingerprint: 'of-other-settings' });
    await desk.store.write(RUN_FILES.record('done'), sealFile(done));
    await desk.store.write(RUN_FILES.record('stale'), sealFile(stale));
    const garbled = sealFile({ ...done, chunk: 'garbled', fingerprint: 'new-garbled' });
    await desk.store.write(RUN_FILES.record('garbled'), garbled.replace('It explains', 'It explained'));

    expect(await desk.run('findOpenChunks', { plan: PLAN, batch: 2 })).toEqual({
      finished: [summarizeRecord(done)],
      open: ['stale', 'missing', 'garbled'].map(entry),
    });
    await desk.run('findOpenChunks', { plan: PLAN, batch: 2 });
    expect(desk.noted).toEqual([
      expect.stringMatching(/^records\/garbled\.json is damaged: .* again from the journal$/),
    ]);
  });

  it.each([
    ['cut off', (whole: string) => whole.slice(0, 99)],
    ['empty', () => ''],
    ['zeros', (whole: string) => '\0'.repeat(whole.length)],
    ['without its checksum', (whole: string) => whole.replace(/,\s*"checksum": "\w+"/, '')],
  ])('does a chunk again whose record is damaged: %s', async (_what, damage) => {
    const whole = sealFile(sampleRecord({ chunk: 'done', fingerprint: 'new-done' }));
    await desk.store.write(RUN_FILES.record('done'), damage(whole));

    const { finished, open } = await desk.run('findOpenChunks', { plan: PLAN, batch: 2 });

    expect([finished, open.length]).toEqual([[], 4]);
    expect(desk.noted).toHaveLength(1);
  });

  it('takes a failed chunk for finished', async () => {
    const failed = sampleRecord({ chunk: 'done', fingerprint: 'new-done', state: 'failed', reason: 'refused' });
    await desk.store.write(RUN_FILES.record('done'), sealFile(failed));

    const { finished } = await desk.run('findOpenChunks', { plan: PLAN, batch: 2 });

    expect(finished).toMatchObject([{ chunk: 'done', state: 'failed', reason: 'refused' }]);
  });

  it('names a page of the manifest that is missing', async () => {
    await expect(desk.run('findOpenChunks', { plan: PLAN, batch: 3 })).rejects.toThrow(
      /state\/manifests\/.*\/0003\.json is missing/,
    );
  });
});

import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { chunkFile } from '../../src/outputs/chunk-files.js';
import type { ChunkRecord } from '../../src/records.js';
import { blockPath, renderBlock } from '../../src/store/chunk-blocks.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import type { IoDesk } from '../support/io-desk.js';
import { openIoDesk } from '../support/io-desk.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { droppedConversation, SAMPLE_CHUNK, sampleRecord } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const PLAN = SAMPLE_PLAN.fingerprint;
const FINGERPRINT = 'f00d';
const [WEIR, ARCH, LOCK, BARGE] = ['weir', 'arch', 'lock', 'barge'].map((name) => `${name}-00001-0a1b2c3d`) as [
  string,
  string,
  string,
  string,
];
/** Two pages of the manifest, in an order of their own. */
const PAGES = [
  [WEIR, ARCH],
  [LOCK, BARGE],
];

const newFolder = temporaryFolders();

describe('the end of a run', () => {
  let desk: IoDesk;
  beforeEach(async () => {
    desk = await openIoDesk(await newFolder(), SAMPLE_PLAN);
    for (const [index, ids] of PAGES.entries()) {
      const chunks = ids.map((id) => ({ id, fingerprint: FINGERPRINT, label: id }));
      await desk.store.write(RUN_FILES.manifestPage(PLAN, index + 1), sealFile({ chunks }));
    }
    // Written in another order than that of the manifest.
    for (const id of PAGES.flat().toSorted()) {
      await desk.store.write(blockPath(id) ?? '', renderBlock([{ ...SAMPLE_CHUNK, id }]));
      await record(id);
    }
  });

  async function record(chunk: string, rest: Partial<ChunkRecord> = {}): Promise<void> {
    const written = sampleRecord({ chunk, fingerprint: FINGERPRINT, ...rest });
    await desk.store.write(RUN_FILES.record(chunk), sealFile(written));
  }

  function writeDataset() {
    return desk.run('writeDataset', { plan: PLAN, batches: PAGES.length });
  }

  async function rows(file: string): Promise<unknown[]> {
    const lines: unknown[] = [];
    for await (const line of desk.store.readLines(file)) lines.push(JSON.parse(line));
    return lines;
  }

  it('writes the rows in the order of the manifest', async () => {
    const { rows: written } = await writeDataset();

    const master = (await rows('master_list.jsonl')) as [...unknown[], { chunk: string; source: string }][];
    expect(master.map((row) => row.at(-1))).toMatchObject(PAGES.flat().map((chunk) => ({ chunk, source: 'Canals' })));
    expect(written).toBe(4);
  });

  it('gives the conversations the system prompt of the plan', async () => {
    await writeDataset();

    const [first] = (await rows('messages.jsonl')) as { messages: unknown[] }[];
    expect(first?.messages[0]).toEqual({ role: 'system', content: 'You are a helpful assistant.' });
  });

  it('counts all items, and writes down what was dropped', async () => {
    const dropped = droppedConversation(1, { state: 'rejected', reason: 'An empty turn.' });
    await record(ARCH, { conversations: [dropped] });

    const result = await writeDataset();

    expect(result).toMatchObject({ rows: 3, dropped: 1, totals: { calls: 36 } });
    expect(result.funnel.conversations).toEqual({ in: 4, accepted: 3, rejected: 1, failed: 0, notRun: 0 });
    expect(await rows('rejected.jsonl')).toMatchObject([{ id: `${ARCH}/c1`, reason: 'An empty turn.' }]);
  });

  it('leaves out records of other settings, and says that their chunks were not run', async () => {
    await record(LOCK, { fingerprint: 'of-other-settings' });
    await desk.store.remove(RUN_FILES.record(WEIR));

    const { funnel, rows: written } = await writeDataset();

    expect(funnel.chunks).toEqual({ in: 4, accepted: 2, rejected: 0, failed: 0, notRun: 2 });
    expect(written).toBe(2);
    expect(await rows('rejected.jsonl')).toMatchObject([WEIR, LOCK].map((id) => ({ id, state: 'not run' })));
  });

  it('removes the files of chunks that are not in it any more', async () => {
    await record(LOCK, { fingerprint: 'of-other-settings' });
    const kept = [chunkFile('qatuples_raw', ARCH), chunkFile('multiturn_convs', BARGE)];
    const stale = [
      chunkFile('qatuples_raw', LOCK),
      chunkFile('multiturn_convs', 'no-longer-in-the-input'),
      chunkFile('worthy_for_questions', 'no-longer-in-the-input'),
    ];
    for (const path of [...kept, ...stale]) await desk.store.write(path, '[]');

    await writeDataset();

    const exist = (paths: string[]) => Promise.all(paths.map((path) => desk.store.exists(path)));
    expect(await exist(kept)).toEqual([true, true]);
    expect(await exist(stale)).toEqual([false, false, false]);
  });

  it('puts back files of chunks that were removed, changed or moved', async () => {
    await writeDataset();
    const [removed, changed, placed] = (['qatuples_raw', 'multiturn_convs', 'worthy_for_questions'] as const).map(
      (folder) => chunkFile(folder, ARCH),
    ) as [string, string, string];
    const whole = await Promise.all([removed, changed, placed].map((path) => desk.store.read(path)));
    await desk.store.remove(removed);
    await desk.store.write(changed, '[]');
    await setModified(changed, 1);
    // As a run left it whose text before this chunk was shorter.
    await desk.store.write(placed, (whole[2] ?? '').replace('410', '310'));
    await setModified(placed, -60);

    await writeDataset();

    expect(await Promise.all([removed, changed, placed].map((path) => desk.store.read(path)))).toEqual(whole);
  });

  it('does not read files again that have not changed since the record was written', async () => {
    const path = chunkFile('multiturn_convs', ARCH);
    await desk.store.write(path, '[]');
    await setModified(path, -60);

    await writeDataset();

    expect(await desk.store.read(path)).toBe('[]');
  });

  /** So many seconds from now. */
  async function setModified(path: string, seconds: number): Promise<void> {
    const time = Date.now() / 1_000 + seconds;
    await utimes(join(desk.store.location, path), time, time);
  }

  it('gives the same files, byte for byte, when it is written again', async () => {
    const read = () =>
      Promise.all(['simplified_data.jsonl', 'processed_masterlist.json'].map((path) => desk.store.read(path)));
    await writeDataset();
    const first = await read();
    await writeDataset();

    expect(await read()).toEqual(first);
  });

  it('sums the run up in run.json', async () => {
    const written = await writeDataset();
    const startedAt = '2026-11-22T20:00:00.000Z';
    const endedAt = '2026-11-22T20:01:30.000Z';

    await desk.run('writeSummary', {
      plan: PLAN,
      run: 'canals-1a2b3c',
      end: 'complete',
      notes: [],
      startedAt,
      endedAt,
      ...written,
    });

    expect(await desk.json(RUN_FILES.summary)).toMatchObject({
      run: 'canals-1a2b3c',
      end: 'complete',
      durationSeconds: 90,
      rows: 4,
      tokens: { calls: 36 },
    });
  });
});

import { RunArchive } from '../../src/archive/run-archive.js';
import { BrokenRunError } from '../../src/planning/broken-run-error.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { CHUNKS, writeArchive } from '../support/archive.js';
import { sampleCall, sampleRecord } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const [FIRST = '', SECOND = ''] = CHUNKS.map(({ id }) => id);

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("a run's archive", () => {
  let store: LocalStore;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
  });

  it('gives the chunks in order, with the records of those that are done', async () => {
    const archive = await RunArchive.open(
      store,
      await writeArchive(store, { records: [sampleRecord({ chunk: SECOND })] }),
    );
    const chunks = await all(archive.chunks());
    expect(chunks.map(({ index, chunk, document, record }) => [index, chunk.id, document.path, record?.state])).toEqual(
      [
        [0, FIRST, 'canals.txt', undefined],
        [1, SECOND, 'canals.txt', 'accepted'],
      ],
    );
    expect(await archive.find(SECOND)).toEqual(chunks[1]);
    expect(await archive.find('weirs-0a1b2c-00001-01234567')).toBeUndefined();
  });

  it('passes over a record that was made under other settings', async () => {
    const plan = await writeArchive(store, { records: [sampleRecord({ chunk: FIRST })] });
    await store.write(RUN_FILES.record(FIRST), sealFile(sampleRecord({ chunk: FIRST, fingerprint: 'of-old' })));
    const archive = await RunArchive.open(store, plan);
    expect((await archive.find(FIRST))?.record).toBeUndefined();
  });

  it('names a chunk once where pages of the manifest overlap', async () => {
    const plan = await writeArchive(store);
    const page = await store.read(RUN_FILES.manifestPage(plan, 1));
    await store.write(RUN_FILES.manifestPage(plan, 2), page ?? '');
    const archive = await RunArchive.open(store, plan);
    expect((await all(archive.entries())).map(({ id }) => id)).toEqual([FIRST, SECOND]);
  });

  it('has no chunks before the run is prepared', async () => {
    const plan = await writeArchive(store);
    await store.remove(RUN_FILES.manifestPage(plan, 1));
    const archive = await RunArchive.open(store, plan);
    expect([await archive.isPrepared(), await all(archive.chunks())]).toEqual([false, []]);
  });

  it('gives the calls of a chunk, folded and loose, and which chunks have any', async () => {
    const [one, two] = [sampleCall('q1.v1.question.1', { chunk: FIRST }), sampleCall('judge', { chunk: FIRST })];
    const plan = await writeArchive(store, { calls: [one] });
    await store.write(RUN_FILES.looseCall(FIRST, two.call.id, two.requestHash), sealFile(two));
    const gone = sampleCall('judge', { chunk: 'weirs-0a1b2c-00001-01234567' });
    await store.write(RUN_FILES.looseCall(gone.call.chunk, gone.call.id, gone.requestHash), sealFile(gone));

    const archive = await RunArchive.open(store, plan);
    expect((await archive.calls(FIRST)).map(({ call }) => call.id)).toEqual(['judge', 'q1.v1.question.1']);
    expect(await archive.calledChunks()).toEqual([FIRST, gone.call.chunk]);
    expect(await archive.calls(SECOND)).toEqual([]);
  });

  it("gives a document's text, in which spans are offsets", async () => {
    const archive = await RunArchive.open(store, await writeArchive(store));
    const found = await archive.find(SECOND);
    const text = found === undefined ? '' : await archive.text(found.document);
    expect(text.slice(found?.chunk.span.start, found?.chunk.span.end)).toBe(CHUNKS[1]?.text);
  });

  it('says where the plan is missing', async () => {
    await expect(RunArchive.open(store, '0123456789abcdef')).rejects.toBeInstanceOf(BrokenRunError);
  });
});

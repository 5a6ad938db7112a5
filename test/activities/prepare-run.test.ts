import { chunkDocument } from '../../src/ingest/chunk-document.js';
import type { ManifestEntry, RunPlan } from '../../src/planning/run-plan.js';
import { fingerprintChunk, fingerprintPlan, planDocument } from '../../src/planning/run-plan.js';
import type { Chunk } from '../../src/records.js';
import { blockPath, openBlock } from '../../src/store/chunk-blocks.js';
import { writeControl } from '../../src/store/control.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import type { IoDesk } from '../support/io-desk.js';
import { openIoDesk } from '../support/io-desk.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const CHUNK_SIZE = 120;
/** Room for two batches. */
const OPEN_CHUNKS = 80;

function text(subject: string): string {
  const sentence = (number: number) =>
    `The keeper of ${subject} wrote on day ${number} that ${number + 3} boats had passed before noon.`;
  return Array.from({ length: 40 }, (_, index) => sentence(index + 1)).join(' ');
}

const DOCUMENTS = [
  { id: 'locks-0a1b2c', path: 'locks.txt', textname: 'Locks', text: text('the lock') },
  { id: 'weirs-3d4e5f', path: 'weirs.txt', textname: 'Weirs', text: text('the weir') },
];
const TEXTS = Object.fromEntries(DOCUMENTS.map((document) => [document.id, document.text]));
const CHUNKS = DOCUMENTS.flatMap((document) => [...chunkDocument(document, CHUNK_SIZE)]);

function planWith(changes: Partial<RunPlan> = {}): RunPlan {
  const { fingerprint: _old, ...plan } = SAMPLE_PLAN;
  return fingerprintPlan({ ...plan, documents: DOCUMENTS.map(planDocument), chunkSize: CHUNK_SIZE, ...changes });
}

const NONE = { id: '', text: '' };

const newFolder = temporaryFolders();

async function prepare(plan: RunPlan, openChunks = OPEN_CHUNKS) {
  const desk = await openIoDesk(await newFolder(), plan, TEXTS);
  const prepared = await desk.run('prepareRun', { plan: plan.fingerprint, openChunks });
  return { desk, prepared, entries: await manifest(desk, plan, prepared.batches) };
}

async function manifest(desk: IoDesk, plan: RunPlan, batches: number): Promise<ManifestEntry[]> {
  const pages = Array.from({ length: batches }, (_, index) => RUN_FILES.manifestPage(plan.fingerprint, index + 1));
  const read = (await Promise.all(pages.map((page) => desk.json(page)))) as { chunks: ManifestEntry[] }[];
  return read.flatMap(({ chunks }) => chunks);
}

async function chunksIn({ store }: IoDesk): Promise<Chunk[]> {
  const blocks = await Promise.all(DOCUMENTS.map(({ id }) => store.paths(`${RUN_FILES.chunks}/${id}`)));
  const texts = await Promise.all(blocks.flat().map((path) => store.read(path)));
  return texts.flatMap((block) => [...openBlock(block ?? '').chunks.values()]);
}

describe('prepareRun', () => {
  it('writes every chunk of every text', async () => {
    const { desk, prepared } = await prepare(planWith());

    expect(CHUNKS.length).toBeGreaterThan(10);
    expect(prepared).toEqual({ chunks: CHUNKS.length, batches: 2, paused: false, notes: [] });
    expect(await chunksIn(desk)).toEqual(CHUNKS);
  });

  it('lists them in order, each with what its record must fit', async () => {
    const plan = planWith();
    const { entries } = await prepare(plan);

    expect(entries.map(({ id }) => id)).toEqual(CHUNKS.map(({ id }) => id));
    const [locks, weirs] = plan.documents;
    const [first, last] = [entries[0], entries.at(-1)];
    expect(first?.fingerprint).toBe(locks && fingerprintChunk(plan, locks, CHUNKS[0] ?? NONE));
    expect(last?.fingerprint).toBe(weirs && fingerprintChunk(plan, weirs, CHUNKS.at(-1) ?? NONE));
    expect([first?.label, last?.label]).toEqual(['Locks, chunk 1', `Weirs, chunk ${CHUNKS.at(-1)?.ordinal}`]);
  });

  it('says which items of a chunk are tried again; all other chunks are prepared as before', async () => {
    const [first = NONE, second = NONE] = CHUNKS;
    const { entries: before } = await prepare(planWith());
    const { entries } = await prepare(planWith({ retries: { [second.id]: { q2: 2, c1: 3 } } }));

    expect(entries[1]).toMatchObject({ id: second.id, rounds: { q2: 2, c1: 3 } });
    expect(entries[1]?.fingerprint).not.toBe(before[1]?.fingerprint);
    expect(entries.filter(({ id }) => id !== second.id)).toEqual(before.filter(({ id }) => id !== second.id));
    const [unchanged] = before;
    expect(entries[0]).toEqual({ ...unchanged, id: first.id, source: 'locks.txt' });
  });

  it('puts few open chunks into one batch', async () => {
    expect((await prepare(planWith(), 1)).prepared.batches).toBe(1);
  });

  it('takes a subset from all documents, and writes nothing of the rest', async () => {
    const { desk, prepared, entries } = await prepare(planWith({ subset: 3 }));

    expect(prepared.chunks).toBe(3);
    const taken = entries.map(({ id }) => id);
    expect(taken).toEqual(CHUNKS.map(({ id }) => id).filter((id) => taken.includes(id)));
    expect(new Set(taken.map((id) => id.slice(0, 5)))).toEqual(new Set(['locks', 'weirs']));
    expect((await chunksIn(desk)).map(({ id }) => id)).toEqual(taken);
  });

  it('names the documents of which a subset takes nothing', async () => {
    const [taken, other] = (await prepare(planWith({ subset: 1 }))).entries[0]?.id.startsWith('locks')
      ? ['Locks', 'Weirs']
      : ['Weirs', 'Locks'];
    const { prepared } = await prepare(planWith({ subset: 1 }));

    expect(prepared.notes).toEqual([
      expect.stringMatching(new RegExp(`^SUBSET_SIZE 1 takes no chunk of .*${other}`, 'i')),
    ]);
    expect(prepared.notes[0]).not.toMatch(new RegExp(taken ?? '', 'i'));
    expect((await prepare(planWith({ subset: 3 }))).prepared.notes).toEqual([]);
  });

  it('does not write again what is there', async () => {
    const plan = planWith();
    const { desk } = await prepare(plan);
    desk.store.written.length = 0;

    await desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS });

    expect(desk.store.written).toEqual([1, 2].map((batch) => RUN_FILES.manifestPage(plan.fingerprint, batch)));
  });

  it('mends chunks that were altered', async () => {
    const plan = planWith();
    const { desk } = await prepare(plan);
    const path = blockPath(CHUNKS[0]?.id ?? '') ?? '';
    await desk.store.write(path, '{}\n');

    await desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS });

    expect(await chunksIn(desk)).toEqual(CHUNKS);
  });

  it('first waits until the calls of other workers are known', async () => {
    const { desk } = await prepare(planWith());

    expect(desk.noted).toEqual(['waited for others after 0 files']);
  });

  it('says whether the run is paused', async () => {
    const plan = planWith();
    const { desk } = await prepare(plan);
    await writeControl(desk.store, { paused: true, concurrencyLimit: 50 });

    const again = await desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS });

    expect(again.paused).toBe(true);
  });

  it('fails, and breaks nothing else, where a chunk cannot be read or written', async () => {
    const plan = planWith();
    const desk = await openIoDesk(await newFolder(), plan, TEXTS);
    desk.store.refuse(blockPath(CHUNKS.at(-1)?.id ?? '') ?? '');

    const prepared = desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS });

    await expect(prepared).rejects.toThrow('EACCES');
    expect(await desk.store.exists(RUN_FILES.manifestPage(plan.fingerprint, 1))).toBe(false);
  });

  it.each([
    ['a block of chunks', () => blockPath(CHUNKS[3]?.id ?? '') ?? ''],
    ['a page of the manifest', (plan: RunPlan) => RUN_FILES.manifestPage(plan.fingerprint, 2)],
  ])('writes %s anew that was damaged', async (_what, choose) => {
    const plan = planWith();
    const { desk } = await prepare(plan);
    const path = choose(plan);
    const whole = (await desk.store.read(path)) ?? '';
    await desk.store.write(path, whole.replace('e', 'a'));

    await desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS });

    expect(await desk.store.read(path)).toBe(whole);
  });

  it('names a text that is not the one the plan speaks of', async () => {
    const plan = planWith();
    const desk = await openIoDesk(await newFolder(), plan, { ...TEXTS, 'weirs-3d4e5f': text('the wear') });

    await expect(desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS })).rejects.toThrow(
      'documents/weirs-3d4e5f.txt is damaged',
    );
  });

  it('names what is missing', async () => {
    const plan = planWith();
    const desk = await openIoDesk(await newFolder(), plan);

    await expect(desk.run('prepareRun', { plan: plan.fingerprint, openChunks: OPEN_CHUNKS })).rejects.toThrow(
      /documents\/locks-0a1b2c\.txt is missing in .*; `npx augmentoolkit run` \(or `start`\), given again, writes it anew/,
    );
    await expect(desk.run('prepareRun', { plan: 'unknown', openChunks: OPEN_CHUNKS })).rejects.toThrow(
      /state\/plans\/unknown\.json is missing/,
    );
  });
});

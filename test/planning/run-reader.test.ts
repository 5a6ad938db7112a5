import { rename } from 'node:fs/promises';
import { BrokenRunError } from '../../src/planning/broken-run-error.js';
import { RunReader } from '../../src/planning/run-reader.js';
import { planDocument, writePlan } from '../../src/planning/run-plan.js';
import { blockPath, renderBlock } from '../../src/store/chunk-blocks.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { SAMPLE_CHUNK } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

describe('the reader of a run', () => {
  let store: LocalStore;
  let reader: RunReader;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
    reader = new RunReader(store);
  });

  it('reads a plan once', async () => {
    await writePlan(store, SAMPLE_PLAN);
    const first = await reader.plan(SAMPLE_PLAN.fingerprint);
    await store.remove(RUN_FILES.plan(SAMPLE_PLAN.fingerprint));

    expect(await reader.plan(SAMPLE_PLAN.fingerprint)).toBe(first);
  });

  it('reads a page of the manifest, and says what to do where it is missing', async () => {
    const page = { chunks: [{ id: 'canals-0a1b2c-00001-89abcdef', fingerprint: 'f00d', label: 'Canals, chunk 1' }] };
    await store.write(RUN_FILES.manifestPage('p', 1), sealFile(page));

    expect(await reader.manifestPage('p', 1)).toEqual(page);
    await expect(reader.manifestPage('p', 2)).rejects.toBeInstanceOf(BrokenRunError);
    await expect(reader.manifestPage('p', 2)).rejects.toThrow(
      /0002\.json is missing in .*; `npx augmentoolkit run` \(or `start`\), given again, writes it anew/,
    );
  });

  it('looks again for a plan that was not there', async () => {
    await expect(reader.plan(SAMPLE_PLAN.fingerprint)).rejects.toThrow('is missing');
    await writePlan(store, SAMPLE_PLAN);

    expect(await reader.plan(SAMPLE_PLAN.fingerprint)).toEqual(SAMPLE_PLAN);
  });

  it('keeps a few plans only', async () => {
    const names = [1, 2, 3, 4, 5].map((number) => `plan-${number}`);
    for (const fingerprint of names) await writePlan(store, { ...SAMPLE_PLAN, fingerprint });
    for (const fingerprint of names) await reader.plan(fingerprint);
    for (const fingerprint of names) await store.remove(RUN_FILES.plan(fingerprint));

    await expect(reader.plan('plan-1')).rejects.toThrow('is missing');
    expect(await reader.plan('plan-5')).toMatchObject({ fingerprint: 'plan-5' });
  });

  it.each([
    ['a plan', RUN_FILES.plan(SAMPLE_PLAN.fingerprint), () => reader.plan(SAMPLE_PLAN.fingerprint)],
    ['a page of the manifest', RUN_FILES.manifestPage('p', 1), () => reader.manifestPage('p', 1)],
  ])('believes no %s that was altered', async (_what, path, read) => {
    const whole = sealFile({ ...SAMPLE_PLAN, chunks: [] });
    await store.write(path, whole);
    await expect(read()).resolves.toBeDefined();

    reader = new RunReader(store);
    await store.write(path, whole.replace('Canals', 'Canels'));
    await expect(read()).rejects.toBeInstanceOf(BrokenRunError);
    await expect(read()).rejects.toThrow(`${path} is damaged in ${store.location}; \`npx augmentoolkit run\``);
  });

  it('believes no chunk that was altered, and those beside it all the same', async () => {
    const next = { ...SAMPLE_CHUNK, id: 'canals-0a1b2c-00003-fedcba98', ordinal: 3 };
    const path = blockPath(next.id) ?? '';
    const whole = renderBlock([SAMPLE_CHUNK, next]);
    await store.write(path, whole.replace('They point', 'They pointed'));

    expect(await reader.chunk('p', next.id)).toEqual(next);
    await expect(reader.chunk('p', SAMPLE_CHUNK.id)).rejects.toBeInstanceOf(BrokenRunError);
    await expect(reader.chunk('p', SAMPLE_CHUNK.id)).rejects.toThrow(`${path} is damaged in ${store.location}`);

    await store.write(path, whole);
    expect(await reader.chunk('p', SAMPLE_CHUNK.id)).toEqual(SAMPLE_CHUNK);
  });

  it('names a chunk that is missing', async () => {
    await expect(reader.chunk('p', SAMPLE_CHUNK.id)).rejects.toThrow('0001.jsonl is missing');
    await store.write(blockPath(SAMPLE_CHUNK.id) ?? '', '');
    await expect(reader.chunk('p', SAMPLE_CHUNK.id)).rejects.toThrow(`${SAMPLE_CHUNK.id} in chunks/`);
    await expect(reader.chunk('p', 'weir')).rejects.toThrow('weir is no chunk');
  });

  it('believes no text that is not the one the plan speaks of', async () => {
    const [document = planDocument({ id: 'x', path: 'x', textname: 'x', text: '' })] = SAMPLE_PLAN.documents;
    const text = 'A lock has two pairs of gates. They point upstream.';
    await store.write(RUN_FILES.document(document.id), text);
    expect(await reader.documentText(document)).toBe(text);

    await store.write(RUN_FILES.document(document.id), text.replace('two', 'ten'));
    await expect(reader.documentText(document)).rejects.toThrow('documents/canals-0a1b2c.txt is damaged');
  });

  it('waits for a folder that is gone, and finds all as it was', async () => {
    await writePlan(store, SAMPLE_PLAN);
    await store.write(RUN_FILES.identity, '{}');
    const { location } = store;
    reader = new RunReader(new LocalStore(location, { marker: RUN_FILES.identity }));
    await rename(location, `${location}.away`);
    for (const read of [() => reader.plan(SAMPLE_PLAN.fingerprint), () => reader.record('c', 'f00d')]) {
      await expect(read()).rejects.toThrow(`${location} holds no run any more`);
    }
    await rename(`${location}.away`, location);
    expect(await reader.plan(SAMPLE_PLAN.fingerprint)).toEqual(SAMPLE_PLAN);
  });
});

import { RunReader } from '../../src/activities/run-reader.js';
import { writePlan } from '../../src/planning/run-plan.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
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
    await store.write(RUN_FILES.manifestPage('p', 1), JSON.stringify(page));

    expect(await reader.manifestPage('p', 1)).toEqual(page);
    await expect(reader.manifestPage('p', 2)).rejects.toMatchObject({ type: 'Broken', nonRetryable: true });
    await expect(reader.manifestPage('p', 2)).rejects.toThrow(/0002\.json is missing in .*; start the run again/);
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
});

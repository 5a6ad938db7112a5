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

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../src/ingest/input-error.js';
import { storePlan } from '../../src/planning/make-plan.js';
import { fingerprintPlan, planDocument } from '../../src/planning/run-plan.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

const BEES = { id: 'bees-1a2b3c', path: 'Bees.txt', textname: 'Bees', text: 'Bees fly.\n' };
const { fingerprint: _old, ...rest } = SAMPLE_PLAN;
const plan = fingerprintPlan({ ...rest, documents: [planDocument(BEES)] });

async function planned(content: string) {
  const file = join(await newFolder(), BEES.path);
  await writeFile(file, content);
  return { plan, files: new Map([[BEES.id, file]]) };
}

describe('storePlan', () => {
  it('stores each text as it was planned, and writes one that is not so anew', async () => {
    const store = new LocalStore(await newFolder());
    await store.write(RUN_FILES.document(BEES.id), 'garbled');
    await storePlan(store, await planned(BEES.text));
    expect(await store.read(RUN_FILES.document(BEES.id))).toBe(BEES.text);
    expect(await store.read(RUN_FILES.plan(plan.fingerprint))).toBeDefined();
  });

  it('does not read the input again where the text is stored', async () => {
    const store = new LocalStore(await newFolder());
    await store.write(RUN_FILES.document(BEES.id), BEES.text);
    await storePlan(store, await planned('Something else.'));
    expect(await store.read(RUN_FILES.document(BEES.id))).toBe(BEES.text);
  });

  it.each([
    ['altered', 'Bees fly no more.\n'],
    ['empty', ''],
  ])('says that a text is %s since it was planned', async (_what, content) => {
    const store = new LocalStore(await newFolder());
    const storing = storePlan(store, await planned(content));
    await expect(storing).rejects.toThrow(InputError);
    await expect(storing).rejects.toThrow('Bees.txt was changed while it was being read');
    expect(await store.read(RUN_FILES.plan(plan.fingerprint))).toBeUndefined();
  });
});

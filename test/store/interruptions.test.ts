import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createIoActivities } from '../../src/activities/index.js';
import { RunReader } from '../../src/planning/run-reader.js';
import { chunkDocument } from '../../src/ingest/chunk-document.js';
import { storePlan } from '../../src/planning/make-plan.js';
import { fingerprintPlan, planDocument } from '../../src/planning/run-plan.js';
import { Journal } from '../../src/store/journal.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { SingleFlight } from '../../src/store/single-flight.js';
import type { Store } from '../../src/store/store.js';
import { newAttempt } from '../support/attempt.js';
import { FailingStore } from '../support/failing-store.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { sampleCall, sampleRecord } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

const [planned] = SAMPLE_PLAN.documents;
const DOCUMENT = {
  id: planned?.id ?? '',
  path: 'Canals, by Ada Brook.txt',
  textname: 'Canals',
  text: 'A lock has two pairs of gates. They point upstream. '.repeat(40),
};
const { fingerprint: _old, ...rest } = SAMPLE_PLAN;
const PLAN = fingerprintPlan({ ...rest, documents: [planDocument(DOCUMENT)], chunkSize: 100 });
const CHUNKS = [...chunkDocument(DOCUMENT, PLAN.chunkSize)];
const CHUNK = CHUNKS[0]?.id ?? '';
const RECORD = sampleRecord({ chunk: CHUNK, fingerprint: 'f00d' });
const CALLS = ['judge', 'generate', 'q1.v1.question.1', 'q1.v1.question.2'].map((id) =>
  sampleCall(id, { chunk: CHUNK }),
);

async function inputFile(): Promise<string> {
  const file = join(await newFolder(), DOCUMENT.path);
  await writeFile(file, DOCUMENT.text);
  return file;
}

/** One worker's work on a folder. */
function workOn(store: Store) {
  const journal = new Journal({ store, flights: new SingleFlight(), onProblem: () => {} });
  const reader = new RunReader(store);
  const leases = { waitForOthers: () => Promise.resolve(), isInFlightElsewhere: () => false };
  const activities = createIoActivities({ store, journal, reader, leases, paid: async () => ({ models: {} }) });
  const plan = PLAN.fingerprint;
  return {
    journal,
    storePlan: async () => storePlan(store, { plan: PLAN, files: new Map([[DOCUMENT.id, await inputFile()]]) }),
    prepareRun: () => newAttempt().run(() => activities.prepareRun({ plan, openChunks: 80 })),
    fold: () => journal.fold(CHUNK),
    recordChunk: () => newAttempt().run(() => activities.recordChunk({ plan, record: RECORD })),
    writeDataset: () => newAttempt().run(() => activities.writeDataset({ plan, batches: 1 })),
  };
}

type Work = Exclude<keyof ReturnType<typeof workOn>, 'journal'>;

/** A folder in which everything was done that comes before this work. */
async function folderBefore(work: Work): Promise<string> {
  const folder = await newFolder();
  const store = new LocalStore(folder);
  const before = workOn(store);
  if (work === 'storePlan') return folder;
  await before.storePlan();
  if (work === 'prepareRun') return folder;
  await before.prepareRun();
  const page = { chunks: [{ id: CHUNK, fingerprint: 'f00d', label: 'Canals, chunk 1' }] };
  await store.write(RUN_FILES.manifestPage(PLAN.fingerprint, 1), sealFile(page));
  // Two were folded before, one of them is there twice, and two are new.
  for (const call of CALLS.slice(0, 2)) await before.journal.write(call);
  await before.fold();
  for (const call of CALLS.slice(1)) await before.journal.write(call);
  if (work === 'writeDataset') await before.recordChunk();
  await store.write('qatuples_raw/of-another-run.json', '[]');
  return folder;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** Every file with its content; those in the making are nobody's. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const whole = paths.filter((path) => !path.endsWith('.tmp')).toSorted(byText);
  return Object.fromEntries(
    await Promise.all(
      whole.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const),
    ),
  );
}

const FAULTS: [string, Error][] = [
  ['killed', new Error('killed')],
  ['the disk is full', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
];

describe.each(FAULTS)('%s', (_what, fault) => {
  it.each<Work>(['storePlan', 'prepareRun', 'fold', 'recordChunk', 'writeDataset'])(
    'at any point of %s, all is as if nothing had been once it is done again',
    async (work) => {
      const undisturbed = await folderBefore(work);
      await workOn(new LocalStore(undisturbed))[work]();
      const expected = await contents(undisturbed);

      const journalled = (await workOn(new LocalStore(undisturbed)).journal.readAll(CHUNK)).map(({ call }) => call.id);
      expect(journalled).toHaveLength(work === 'storePlan' || work === 'prepareRun' ? 0 : CALLS.length);
      let failures = 0;
      for (let failFrom = 1, isDone = false; !isDone; failFrom += 1) {
        const folder = await folderBefore(work);
        const failing = workOn(new FailingStore(folder, failFrom, fault));
        isDone = await failing[work]().then(
          () => true,
          () => false,
        );
        failures += isDone ? 0 : 1;
        const sound = workOn(new LocalStore(folder));
        const calls = (await sound.journal.readAll(CHUNK)).map(({ call }) => call.id);
        expect([failFrom, calls.toSorted(byText)]).toEqual([failFrom, journalled.toSorted(byText)]);
        await sound[work]();
        expect([failFrom, await contents(folder)]).toEqual([failFrom, expected]);
      }
      expect(failures).toBeGreaterThan(5);
    },
    60_000,
  );
});

import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkerAccount } from '../../src/store/account-book.js';
import { Journal } from '../../src/store/journal.js';
import { Ledger } from '../../src/store/ledger.js';
import { type Lease, readLiveWorkers } from '../../src/store/leases.js';
import { claimRun } from '../../src/store/run-claim.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { sealFile } from '../../src/store/sealed.js';
import { SingleFlight } from '../../src/store/single-flight.js';
import { ObservedStore } from '../support/observed-store.js';
import { sampleCall } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

/** Leases are settled that were seen unchanged for longer than this. */
const FRESH_MS = 15_000;
const NOBODY = new Set<string>();

const newFolder = temporaryFolders();

/** What so many calls of the samples come to. */
function totals(calls: number) {
  return { rehearsal: { calls, prompt: 120 * calls, cached: 100 * calls, completion: 9 * calls } };
}

function accountOf(through: number, calls = through): WorkerAccount {
  return { through, models: calls === 0 ? {} : totals(calls) };
}

async function openFolder() {
  const store = new ObservedStore(await newFolder());
  const journal = new Journal({ store, flights: new SingleFlight(), onProblem: () => {} });
  const problems: string[] = [];
  const clock = { now: 0 };
  const at = (path: string) => join(store.location, path);
  const aged = async (path: string, seconds: number) => {
    const then = Date.now() / 1_000 - seconds;
    await utimes(at(path), then, then);
  };
  return {
    store,
    journal,
    problems,
    clock,
    at,
    aged,
    ledger: (worker?: string) =>
      new Ledger({
        store,
        ...(worker !== undefined && { worker }),
        onProblem: (message) => problems.push(message),
        now: () => clock.now,
      }),
    /** The lease of a worker as it was `age` seconds ago. */
    leave: async (worker: string, account: WorkerAccount, { closed = false, age = 0 } = {}) => {
      const lease: Lease = {
        worker,
        host: 'worker',
        queues: ['run.io'],
        closed,
        inFlight: ['key'],
        limiters: {},
        problems: [],
        account,
      };
      await store.write(RUN_FILES.worker(worker), sealFile(lease));
      await aged(RUN_FILES.worker(worker), age);
    },
    /** An answer in the journal. */
    record: async (worker: string, number: number, { chunk = 'lock', age = 0 } = {}) => {
      const record = { ...sampleCall(`${worker}.${number}`, { chunk }), paidBy: { worker, number } };
      await journal.write(record);
      await aged(RUN_FILES.looseCall(chunk, record.call.id, record.requestHash), age);
    },
    lease: async (worker: string) => JSON.parse(await readFile(at(RUN_FILES.worker(worker)), 'utf8')) as Lease,
  };
}

type Folder = Awaited<ReturnType<typeof openFolder>>;

/** Lets a worker's ledger watch a folder until it settles what is to be settled. */
async function settle({ ledger, clock }: Folder, worker: string, alive = NOBODY) {
  const watching = ledger(worker);
  await watching.read(alive);
  clock.now += FRESH_MS + 1;
  return watching.read(alive);
}

describe('what was paid', () => {
  it('is the sum of all accounts, of workers that live, ended well or were killed', async () => {
    const { ledger, leave } = await openFolder();
    await leave('alive', accountOf(4));
    await leave('ended', accountOf(30), { closed: true });
    await leave('killed', accountOf(200));
    expect(await ledger().read(new Set(['alive']))).toEqual(totals(234));
  });

  it('leaves out the own account of a worker, who knows it better', async () => {
    const { ledger, leave } = await openFolder();
    await leave('me', accountOf(4));
    await leave('ended', accountOf(30), { closed: true });
    expect(await ledger('me').read(NOBODY)).toEqual(totals(30));
  });

  it('counts what a killed worker wrote after its last lease, loose or folded, each answer once', async () => {
    const { ledger, leave, record, journal } = await openFolder();
    await leave('killed', accountOf(2));
    // With a gap: the answer 4 was never written.
    for (const number of [1, 2, 3, 5]) await record('killed', number);
    await record('killed', 6, { chunk: 'weir' });
    await record('other', 7);
    await journal.fold('lock');
    await record('killed', 3);
    expect(await ledger().read(NOBODY)).toEqual(totals(5));
  });

  it('takes the word of a worker that lives, and of one that ended well', async () => {
    const { ledger, leave, record } = await openFolder();
    await leave('alive', accountOf(1));
    await leave('ended', accountOf(1), { closed: true });
    for (const worker of ['alive', 'ended']) await record(worker, 2);
    expect(await ledger().read(new Set(['alive']))).toEqual(totals(2));
  });

  it('looks only at records that were written about when the lease was, or later', async () => {
    const { store, ledger, leave, record } = await openFolder();
    await leave('killed', accountOf(0), { age: 3_600 });
    await record('killed', 1, { age: 3_630 });
    await record('killed', 2, { chunk: 'weir', age: 3_800 });
    store.refuse('generations/weir/');
    expect(await ledger().read(NOBODY)).toEqual(totals(1));
  });

  it('follows a lease that changes, and reads one that does not only once', async () => {
    const { store, ledger, leave } = await openFolder();
    await leave('alive', accountOf(1), { age: 5 });
    await leave('ended', accountOf(10), { closed: true });
    const watching = ledger();
    const alive = new Set(['alive']);
    expect(await watching.read(alive)).toEqual(totals(11));
    store.refuse(RUN_FILES.worker('ended'));
    await leave('alive', accountOf(3));
    expect(await watching.read(alive)).toEqual(totals(13));
  });

  it('passes over those who show themselves and pay for nothing', async () => {
    const { store, ledger, problems } = await openFolder();
    await claimRun(store);
    await readLiveWorkers(store);
    expect(await ledger('me').read(NOBODY)).toEqual({});
    expect(problems).toEqual([]);
  });
});

describe('the lease of a killed worker', () => {
  it('is closed with the account as the journal has it, by a worker that has seen it unchanged for long', async () => {
    const folder = await openFolder();
    await folder.leave('killed', accountOf(1));
    for (const number of [2, 3]) await folder.record('killed', number);
    expect(await settle(folder, 'me')).toEqual(totals(3));
    expect(await folder.lease('killed')).toMatchObject({ closed: true, inFlight: [], account: accountOf(3) });
    folder.store.refuse('generations');
    expect(await folder.ledger().read(NOBODY)).toEqual(totals(3));
  });

  it('is left as it is by commands, and by workers that may err', async () => {
    const folder = await openFolder();
    await folder.leave('killed', accountOf(1));
    const before = await folder.lease('killed');
    const [command, worker] = [folder.ledger(), folder.ledger('me')];
    await worker.read(NOBODY);
    await command.read(NOBODY);
    folder.clock.now += FRESH_MS;
    await worker.read(NOBODY);
    folder.clock.now += FRESH_MS;
    await command.read(NOBODY);
    expect(await folder.lease('killed')).toEqual(before);
  });

  it('is settled alike by two at once, and once', async () => {
    const folder = await openFolder();
    await folder.leave('killed', accountOf(1));
    for (const number of [2, 3]) await folder.record('killed', number);
    const sums = await Promise.all([settle(folder, 'me'), settle(folder, 'you'), settle(folder, 'they')]);
    expect(sums).toEqual([totals(3), totals(3), totals(3)]);
    expect(await folder.lease('killed')).toMatchObject({ closed: true, account: accountOf(3) });
    expect(await settle(folder, 'me')).toEqual(totals(3));
  });

  it('is not touched where its worker lives', async () => {
    const folder = await openFolder();
    await folder.leave('alive', accountOf(1));
    await settle(folder, 'me', new Set(['alive']));
    expect(await folder.lease('alive')).toMatchObject({ closed: false });
  });

  it('is not touched where its worker came back to life while the journal was read', async () => {
    const folder = await openFolder();
    await folder.leave('back', accountOf(1), { age: 20 });
    await folder.record('back', 2);
    const watching = folder.ledger('me');
    await watching.read(NOBODY);
    folder.clock.now += FRESH_MS + 1;
    const listing = folder.store.list.bind(folder.store);
    folder.store.list = async (path) => {
      if (path === RUN_FILES.calls) await folder.leave('back', accountOf(2));
      return listing(path);
    };
    await watching.read(NOBODY);
    expect(await folder.lease('back')).toMatchObject({ closed: false, account: accountOf(2) });
    expect(await watching.read(new Set(['back']))).toEqual(totals(2));
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['altered', (text: string) => text.replace('"through": 3', '"through": 2')],
  ])('that is %s is said, and counted anew from the whole journal', async (_what, damage) => {
    const folder = await openFolder();
    await folder.leave('damaged', accountOf(3));
    for (const number of [1, 2, 3, 4]) await folder.record('damaged', number, { age: 3_600 });
    const path = folder.at(RUN_FILES.worker('damaged'));
    await writeFile(path, damage(await readFile(path, 'utf8')));
    expect(await settle(folder, 'me')).toEqual(totals(4));
    expect(folder.problems).toContainEqual(
      'state/workers/damaged.json is damaged: a worker counts what was paid there from the journal',
    );
    expect(await folder.lease('damaged')).toMatchObject({ closed: true, account: accountOf(4) });
  });
});

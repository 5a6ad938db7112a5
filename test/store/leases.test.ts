import { jest } from '@jest/globals';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lease } from '../../src/store/leases.js';
import { LeaseWatcher } from '../../src/store/lease-watcher.js';
import { confirmLiveWorkers, LeaseKeeper, readLiveWorkers } from '../../src/store/leases.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { openSealed } from '../../src/store/sealed.js';
import type { StoredFile } from '../../src/store/store.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const keepers: LeaseKeeper[] = [];

afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
});

function keeperOf(
  store: LocalStore,
  worker: string,
  { inFlight = [] as string[], queues = ['run.logical', 'run.large'], problems = [] as string[], calls = 0 } = {},
): LeaseKeeper {
  const limiter = { limit: 50, inFlight: calls, waiting: 0, answered: 0, failures: {} };
  const limiters: Lease['limiters'] = calls === 0 ? {} : { 'run.logical': limiter };
  const describeWorker = () => ({ inFlight, limiters, problems });
  return new LeaseKeeper({
    store,
    worker,
    host: 'worker',
    queues,
    describe: describeWorker,
    onProblem: (message) => problems.push(message),
  });
}

async function startKeeper(...options: Parameters<typeof keeperOf>): Promise<LeaseKeeper> {
  const keeper = keeperOf(...options);
  await keeper.start();
  keepers.push(keeper);
  return keeper;
}

/** The lease of another worker as it was `age` seconds ago. */
async function leave(store: LocalStore, worker: string, rest: Partial<Lease> & { age?: number } = {}): Promise<void> {
  const { age = 0, ...given } = rest;
  const queues = ['run.logical'];
  const idle: Lease = { worker, host: 'worker', queues, closed: false, inFlight: [], limiters: {}, problems: [] };
  const lease: Lease = { ...idle, ...given };
  await leaveText(store, worker, JSON.stringify(lease), age);
}

async function leaveText(store: LocalStore, worker: string, text: string, age = 0): Promise<void> {
  await store.write(RUN_FILES.worker(worker), text);
  const then = Date.now() / 1_000 - age;
  await utimes(join(store.location, RUN_FILES.worker(worker)), then, then);
}

describe('the other workers', () => {
  it('are those whose lease is open and was written lately', async () => {
    const store = new LocalStore(await newFolder());
    await leave(store, 'young', { age: 1 });
    await leave(store, 'late', { age: 12 });
    await leave(store, 'ahead', { age: -12 });
    await leave(store, 'dead', { age: 20 });
    await leave(store, 'dead before the clock was set back', { age: -3_600 });
    await leave(store, 'closed', { age: 1, closed: true });
    const keeper = await startKeeper(store, 'me');
    expect(keeper.others.map((lease) => lease.worker)).toEqual(['ahead', 'late', 'young']);
    expect((await readLiveWorkers(store)).map((lease) => lease.worker)).toEqual(['ahead', 'late', 'me', 'young']);
  });

  it('are judged by the clock of the store, however wrong ours is', async () => {
    const store = new StoreOfAnotherTime(await newFolder());
    await leave(store, 'young', { age: 1 });
    await leave(store, 'dead', { age: 20 });
    const keeper = await startKeeper(store, 'me');
    expect(keeper.others.map((lease) => lease.worker)).toEqual(['young']);
    expect((await readLiveWorkers(store)).map((lease) => lease.worker)).toEqual(['me', 'young']);
  });

  it.each([
    ['half a file', '{"worker": "odd", "queues": ['],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a lease without its lists', '{"worker": "odd", "closed": false}'],
  ])('pass over a lease that holds %s', async (_what, text) => {
    const store = new LocalStore(await newFolder());
    await leaveText(store, 'odd', text);
    await leave(store, 'whole');
    const keeper = await startKeeper(store, 'me');
    expect(keeper.others.map((lease) => lease.worker)).toEqual(['whole']);
    expect(keeper.isInFlightElsewhere('key')).toBe(false);
  });

  it('are asked which calls they have in flight', async () => {
    const store = new LocalStore(await newFolder());
    await leave(store, 'busy', { inFlight: ['key 1', 'key 2'] });
    await leave(store, 'gone', { inFlight: ['key 3'], closed: true });
    const keeper = await startKeeper(store, 'me', { inFlight: ['key 4'] });
    expect(['key 1', 'key 2', 'key 3', 'key 4'].map((key) => keeper.isInFlightElsewhere(key))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

/** A store whose machine thinks it is an hour later. */
class StoreOfAnotherTime extends LocalStore {
  override async list(folder: string): Promise<StoredFile[]> {
    const files = await super.list(folder);
    return files.map((file) => ({ ...file, modifiedAt: file.modifiedAt + 3_600_000 }));
  }
}

describe("a worker's share of the limits", () => {
  const LIMITS = { concurrencyLimit: 50, requestsPerMinute: 600, tokensPerMinute: 0 };
  const HALF = { concurrencyLimit: 25, requestsPerMinute: 300, tokensPerMinute: 0 };
  const NOTHING = { concurrencyLimit: 0, requestsPerMinute: 0, tokensPerMinute: 0 };

  /** As a worker asks about once a second. */
  async function ask(keeper: LeaseKeeper) {
    const share = keeper.share('run.logical', LIMITS);
    await keeper.settled();
    return share;
  }

  it('is used only after it was claimed in its lease', async () => {
    const store = new LocalStore(await newFolder());
    const keeper = await startKeeper(store, 'me');
    expect(await ask(keeper)).toEqual(NOTHING);
    const lease = JSON.parse((await store.read(RUN_FILES.worker('me'))) ?? '') as Lease;
    expect(lease.claims).toEqual({ 'run.logical': LIMITS });
    expect(await ask(keeper)).toEqual(LIMITS);
  });

  it('is what the others leave, and grows within a look when they make room', async () => {
    const store = new LocalStore(await newFolder());
    await leave(store, 'another', { claims: { 'run.logical': LIMITS } });
    const keeper = await startKeeper(store, 'me');
    expect([await ask(keeper), await ask(keeper)]).toEqual([NOTHING, NOTHING]);
    await leave(store, 'another', { claims: { 'run.logical': HALF } });
    expect([await ask(keeper), await ask(keeper), await ask(keeper)]).toEqual([NOTHING, NOTHING, HALF]);
  });

  it('is not held down by workers of other queues, nor by those who are gone', async () => {
    const store = new LocalStore(await newFolder());
    await leave(store, 'elsewhere', { queues: ['run.large'], claims: { 'run.large': LIMITS } });
    await leave(store, 'gone', { claims: { 'run.logical': LIMITS }, closed: true });
    await leave(store, 'dead', { claims: { 'run.logical': LIMITS }, age: 60 });
    const keeper = await startKeeper(store, 'me');
    await ask(keeper);
    expect(await ask(keeper)).toEqual(LIMITS);
  });

  it('is told at once where it shrinks, and what is still in flight stays claimed', async () => {
    const store = new LocalStore(await newFolder());
    const keeper = await startKeeper(store, 'me', { calls: 40 });
    await ask(keeper);
    expect(await ask(keeper)).toEqual(LIMITS);
    await leave(store, 'another');
    await keeper.refresh();
    expect(await ask(keeper)).toEqual(HALF);
    const lease = JSON.parse((await store.read(RUN_FILES.worker('me'))) ?? '') as Lease;
    expect(lease.claims).toEqual({ 'run.logical': { ...HALF, concurrencyLimit: 40 } });
  });
});

describe("this worker's lease", () => {
  it('says what it is doing, and that it is closed after a clean stop', async () => {
    const store = new LocalStore(await newFolder());
    const inFlight = ['key'];
    const keeper = keeperOf(store, 'me', { inFlight, queues: ['run.large'] });
    await keeper.start();
    const read = async () => openSealed((await store.read(RUN_FILES.worker('me'))) ?? '') as Lease;
    expect(await read()).toEqual({
      worker: 'me',
      host: 'worker',
      queues: ['run.large'],
      closed: false,
      claims: {},
      inFlight: ['key'],
      limiters: {},
      problems: [],
    });
    inFlight.pop();
    await keeper.stop();
    expect((await read()).closed).toBe(true);
    expect(await readLiveWorkers(store)).toEqual([]);
  });

  it('stays open where calls are still in flight: their answers are yet to be counted', async () => {
    const store = new LocalStore(await newFolder());
    const inFlight = ['key'];
    const keeper = await startKeeper(store, 'me', { inFlight });
    await keeper.stop();
    expect(await readLiveWorkers(store)).toMatchObject([{ worker: 'me', inFlight: ['key'] }]);
    inFlight.pop();
  });

  it('is written on after a stop with calls in flight, and closed when they have ended', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const store = new SlowStore(await newFolder());
    const inFlight = ['key'];
    const keeper = keeperOf(store, 'me', { inFlight });
    await keeper.start();
    await keeper.stop();
    const closed = () => store.written.map((text) => (JSON.parse(text) as Lease).closed);
    const afterSeconds = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        await jest.advanceTimersByTimeAsync(1_000);
        await keeper.settled();
      }
    };
    await afterSeconds(11);
    expect(closed()).toEqual([false, false, false, false]);
    inFlight.pop();
    await afterSeconds(60);
    expect(closed()).toEqual([false, false, false, false, true]);
  });

  it('is trusted for ten seconds after it was begun to be written', async () => {
    const store = new LocalStore(await newFolder());
    const before = performance.now();
    const keeper = await startKeeper(store, 'me');
    const after = performance.now();
    expect(keeper.isTrusted()).toBe(true);
    expect(keeper.isTrusted(before + 10_000)).toBe(true);
    expect(keeper.isTrusted(after + 10_001)).toBe(false);
  });

  it('is not trusted before it was ever written', async () => {
    expect(keeperOf(new LocalStore(await newFolder()), 'me').isTrusted()).toBe(false);
  });

  it('is written again and again, one time after the other, and closed last', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const store = new SlowStore(await newFolder());
    const problems: string[] = [];
    const keeper = keeperOf(store, 'me', { problems });
    await keeper.start();
    store.hold();
    await jest.advanceTimersByTimeAsync(30_000);
    expect(store.written).toHaveLength(2);
    const stopping = keeper.stop();
    store.letGo();
    await stopping;
    expect(store.written.map((text) => (JSON.parse(text) as Lease).closed)).toEqual([false, false, true]);
    expect(problems).toEqual([]);
  });

  it('is written after a look at the others in which it became due', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const limits = { concurrencyLimit: 50, requestsPerMinute: 0, tokensPerMinute: 0 };
    const store = new SlowStore(await newFolder());
    await leave(store, 'another', { claims: { 'run.logical': limits } });
    const keeper = await startKeeper(store, 'me');
    keeper.share('run.logical', limits);
    await keeper.refresh();
    const before = store.written.length;
    store.hold();
    // It has no part, and looks whether it can have one.
    keeper.share('run.logical', limits);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(store.written).toHaveLength(before);
    store.letGo();
    await keeper.settled();
    expect(store.written).toHaveLength(before + 1);
  });

  it('says when it cannot be written, and goes on trying', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const store = new SlowStore(await newFolder());
    const problems: string[] = [];
    const keeper = await startKeeper(store, 'me', { problems });
    expect(keeper.trouble).toBeUndefined();
    store.error = Object.assign(new Error('read-only file system'), { code: 'EROFS' });
    await jest.advanceTimersByTimeAsync(15_000);
    expect(problems).toHaveLength(3);
    const told = `${store.location} may not be written (EROFS): give yourself the right to write there`;
    expect(problems[0]).toBe(`This worker cannot show that it lives: ${told}`);
    expect([keeper.isTrusted(), keeper.trouble]).toEqual([false, told]);
    delete store.error;
    await jest.advanceTimersByTimeAsync(5_000);
    while (keeper.trouble === told) await new Promise((done) => setImmediate(done));
    // The others may not yet have shown again what they have in flight.
    expect([keeper.isTrusted(), keeper.trouble]).toEqual([
      false,
      expect.stringContaining('other workers are looked for'),
    ]);
    await jest.advanceTimersByTimeAsync(10_000);
    await keeper.stop();
    expect([keeper.isTrusted(), keeper.trouble]).toEqual([true, undefined]);
  });
});

/** A store whose writes fail, or wait until they are let go. */
class SlowStore extends LocalStore {
  readonly written: string[] = [];
  error?: Error;
  #gate = Promise.resolve();
  letGo = () => {};

  hold(): void {
    this.#gate = new Promise((resolve) => (this.letGo = resolve));
  }

  override async write(path: string, content: string): Promise<void> {
    if (this.error !== undefined) throw this.error;
    this.written.push(content);
    await this.#gate;
    await super.write(path, content);
  }

  override async list(folder: string): Promise<StoredFile[]> {
    await this.#gate;
    return super.list(folder);
  }
}

/** A store that counts how often it was listed. */
class CountingStore extends LocalStore {
  looks = 0;

  override async list(folder: string): Promise<StoredFile[]> {
    const files = await super.list(folder);
    this.looks += 1;
    return files;
  }
}

describe('waiting for the others', () => {
  it('ends at once when nobody else is there', async () => {
    const keeper = await startKeeper(new LocalStore(await newFolder()), 'me');
    await keeper.waitForOthers();
    expect(keeper.others).toEqual([]);
  });

  it('ends when each has written its lease twice, stopped, or is gone, and knows their calls then', async () => {
    const store = new CountingStore(await newFolder());
    await leave(store, 'alive', { age: 2 });
    await leave(store, 'stopping', { age: 2 });
    await leave(store, 'dead', { age: 60, inFlight: ['old key'] });
    const keeper = await startKeeper(store, 'me');
    let hasEnded = false;
    const looksBefore = store.looks;
    const waiting = keeper.waitForOthers().then(() => (hasEnded = true));
    while (store.looks < looksBefore + 2) await new Promise((done) => setImmediate(done));
    await leave(store, 'stopping', { closed: true });
    expect(hasEnded).toBe(false);
    await leave(store, 'alive', { age: 1, inFlight: ['key'] });
    const looksBetween = store.looks;
    while (store.looks < looksBetween + 2) await new Promise((done) => setTimeout(done, 20));
    expect(hasEnded).toBe(false);
    await leave(store, 'alive', { inFlight: ['key'] });
    await waiting;
    expect(keeper.isInFlightElsewhere('key')).toBe(true);
    expect(keeper.isInFlightElsewhere('old key')).toBe(false);
  });
});

describe('who is alive', () => {
  it('is whoever writes its lease anew, not who wrote it a moment ago', async () => {
    const store = new CountingStore(await newFolder());
    await leave(store, 'alive', { age: 3 });
    await leave(store, 'killed a moment ago', { age: 13 });
    await leave(store, 'dead', { age: 60 });
    const confirming = confirmLiveWorkers(store);
    while (store.looks < 1) await new Promise((done) => setImmediate(done));
    await leave(store, 'alive', { age: 0 });
    expect((await confirming).map((lease) => lease.worker)).toEqual(['alive']);
  });

  it('is known at once where nobody looks alive', async () => {
    const store = new LocalStore(await newFolder());
    await leave(store, 'dead', { age: 20 });
    await leave(store, 'closed', { closed: true });
    expect(await confirmLiveWorkers(store)).toEqual([]);
  });
});

describe('a lease that is watched', () => {
  const SECONDS = 1_000;
  let store: LocalStore;
  let clock: { now: number };
  let watcher: LeaseWatcher;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
    clock = { now: 0 };
    watcher = new LeaseWatcher(store, () => clock.now);
  });

  /** Who is fresh when so many seconds have passed; one's own lease was written `clockOff` seconds off. */
  async function freshAt(seconds: number, clockOff = 0): Promise<string[]> {
    clock.now = seconds * SECONDS;
    await leave(store, 'me', { age: -clockOff });
    return (await watcher.look(RUN_FILES.worker('me'))).map(({ lease }) => lease.worker);
  }

  it('is fresh for fifteen seconds after it was seen to change', async () => {
    await leave(store, 'other', { age: 60 });
    expect(await freshAt(0)).toEqual([]);
    await leave(store, 'other', { age: 59 });
    expect(await freshAt(5)).toEqual(['other']);
    expect(await freshAt(20)).toEqual(['other']);
    expect(await freshAt(20.001)).toEqual([]);
    await leave(store, 'other', { age: 58 });
    expect(await freshAt(3_600)).toEqual(['other']);
  });

  it('keeps the age it had when it was first seen', async () => {
    await leave(store, 'other', { age: 10 });
    expect(await freshAt(0)).toEqual(['other']);
    expect(await freshAt(4)).toEqual(['other']);
    expect(await freshAt(6)).toEqual([]);
  });

  it.each([
    ['back', -3_600],
    ['forward', 3_600],
  ])('is judged rightly where the clock is set %s meanwhile', async (_way, off) => {
    await leave(store, 'alive', { age: 1 });
    await leave(store, 'dead', { age: 1 });
    expect(await freshAt(0)).toEqual(['alive', 'dead']);
    await leave(store, 'alive', { age: -off });
    expect(await freshAt(5, off)).toEqual(['alive', 'dead']);
    await leave(store, 'alive', { age: -off - 1 });
    expect(await freshAt(16, off)).toEqual(['alive']);
  });

  it('does not bring the dead to life whose time is ahead', async () => {
    await leave(store, 'dead', { age: -3_600 });
    for (const seconds of [0, 1, 3_590, 3_600, 3_610]) expect([seconds, await freshAt(seconds)]).toEqual([seconds, []]);
  });
});

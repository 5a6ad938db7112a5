import { jest } from '@jest/globals';
import { Limiter, type LimiterSteering } from '../../src/llm/limiter.js';
import { LimiterSlotSupplier } from '../../src/llm/slot-supplier.js';
import { seededRandom } from '../../src/random.js';
import { callOf, refusal, startedCall } from '../support/calls.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const UNUSED = {};
const NO_USAGE = { prompt: 0, cached: 0, completion: 0 };

/** A supplier, and what became of the reservations that were asked of it. */
class Bench {
  readonly limiter: Limiter;
  readonly supplier: LimiterSlotSupplier;
  /** Slots given and not yet released. */
  held = 0;
  /** Reservations that wait. */
  readonly waiting = new Set<AbortController>();
  readonly rejections: unknown[] = [];

  constructor(limit: number) {
    this.limiter = new Limiter(limit);
    this.supplier = new LimiterSlotSupplier(this.limiter, { slots: (calls) => calls });
  }

  reserve(count = 1): void {
    for (let index = 0; index < count; index += 1) {
      const abort = new AbortController();
      this.waiting.add(abort);
      const settle = (given: boolean) => {
        this.waiting.delete(abort);
        if (given) this.held += 1;
      };
      this.supplier.reserveSlot(undefined, abort.signal).then(
        () => settle(true),
        (error: unknown) => {
          settle(false);
          this.rejections.push(error);
        },
      );
    }
  }

  release(count = 1): void {
    for (let index = 0; index < count; index += 1) {
      this.held -= 1;
      this.supplier.releaseSlot(UNUSED);
    }
  }

  set(rest: Partial<LimiterSteering> = {}): void {
    this.limiter.set({ limit: this.limiter.limit, paused: false, leaseLost: false, ...rest });
  }

  /** The provider refuses a call, and asks to wait. */
  cool(retryAfterMs: number): void {
    this.limiter.failed(startedCall('judge-paragraph', performance.now()), refusal(retryAfterMs));
  }

  /** Lets so much time pass, and everything that is due happen. */
  pass(milliseconds = 0): Promise<void> {
    return jest.advanceTimersByTimeAsync(milliseconds);
  }
}

describe('slots', () => {
  it('are as many as the limit; a released one goes to who waits longest', async () => {
    const bench = new Bench(3);
    const order: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      void bench.supplier.reserveSlot(undefined, new AbortController().signal).then(() => order.push(index));
    }
    await bench.pass();
    expect(order).toEqual([0, 1, 2]);
    bench.supplier.releaseSlot(UNUSED);
    bench.supplier.releaseSlot(UNUSED);
    await bench.pass();
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('follow the limit at once, down and up', async () => {
    const bench = new Bench(4);
    bench.reserve(10);
    await bench.pass();
    expect(bench.held).toBe(4);
    bench.set({ limit: 2 });
    bench.release(2);
    await bench.pass();
    expect(bench.held).toBe(2);
    bench.release();
    await bench.pass();
    expect(bench.held).toBe(2);
    bench.set({ limit: 5 });
    await bench.pass();
    expect(bench.held).toBe(5);
  });

  it('are given at once or not at all where nobody waits for them', () => {
    const { supplier } = new Bench(2);
    expect([supplier.tryReserveSlot(), supplier.tryReserveSlot(), supplier.tryReserveSlot()]).toEqual([{}, {}, null]);
    supplier.releaseSlot(UNUSED);
    expect(supplier.tryReserveSlot()).toEqual({});
  });

  it('are none with a limit of 0', async () => {
    const bench = new Bench(0);
    bench.reserve(3);
    await bench.pass(60_000);
    expect(bench.held).toBe(0);
    bench.set({ limit: 1 });
    await bench.pass();
    expect(bench.held).toBe(1);
  });
});

it.each(['requestsPerMinute', 'tokensPerMinute'])('slots are none with a part of 0 %s', async (rate) => {
  const bench = new Bench(5);
  bench.set({ [rate]: 0 });
  bench.reserve(8);
  await bench.pass(60_000);
  expect(bench.held).toBe(0);
  bench.set();
  await bench.pass();
  expect(bench.held).toBe(5);
});

describe('while the limiter is closed', () => {
  it('a pause gives nothing, and all is given when it ends', async () => {
    const bench = new Bench(5);
    bench.set({ paused: true });
    bench.reserve(8);
    await bench.pass(3_600_000);
    expect(bench.held).toBe(0);
    expect(bench.supplier.tryReserveSlot()).toBeNull();
    bench.set();
    await bench.pass();
    expect(bench.held).toBe(5);
  });

  it.each([
    ['blocked', (bench: Bench) => bench.limiter.block('401')],
    ['cooling down', (bench: Bench) => bench.cool(3_600_000)],
    ['without a lease', (bench: Bench) => bench.set({ leaseLost: true })],
  ])('%s: a few tasks a second come through, for answers from the journal', async (_what, close) => {
    const bench = new Bench(50);
    close(bench);
    bench.reserve(100);
    for (let second = 1; second <= 10; second += 1) {
      const before = bench.held;
      await bench.pass(1_000);
      expect(bench.held - before).toBeGreaterThanOrEqual(2);
      expect(bench.held - before).toBeLessThanOrEqual(5 + (second === 1 ? 1 : 0));
    }
    await bench.pass(60_000);
    expect(bench.held).toBe(50);
  });

  it('a cool-down ends by itself, and tasks are taken as fast as they may start', async () => {
    const bench = new Bench(50);
    bench.cool(2_000);
    bench.reserve(60);
    await bench.pass(1_900);
    expect(bench.held).toBeLessThanOrEqual(10);
    bench.release(bench.held);
    await bench.pass(400);
    // One refused call and nothing else: calls are tried at not much more than one a second.
    expect(bench.held).toBeGreaterThanOrEqual(1);
    expect(bench.held).toBeLessThanOrEqual(3);
  });

  it('an answer opens it at once', async () => {
    const bench = new Bench(50);
    bench.limiter.block('401');
    bench.reserve(60);
    await bench.pass(500);
    bench.limiter.answered(startedCall('judge-paragraph', performance.now()), NO_USAGE);
    await bench.pass();
    expect(bench.held).toBe(50);
  });
});

describe('while a rate is in force', () => {
  const CALL = callOf('judge-paragraph');
  const RATE = { limit: 50, paused: false, leaseLost: false };

  it('no more tasks are taken in hand than may start within a second', async () => {
    const bench = new Bench(50);
    bench.limiter.set({ ...RATE, requestsPerMinute: 600 });
    bench.reserve(60);
    await bench.pass(5_000);
    expect(bench.held).toBeGreaterThanOrEqual(15);
    expect(bench.held).toBeLessThanOrEqual(20);
  });

  it('a task that was answered from the journal makes room at once', async () => {
    const bench = new Bench(50);
    bench.limiter.set({ ...RATE, requestsPerMinute: 600 });
    await bench.pass(5_000);
    for (let hit = 0; hit < 1_000; hit += 1) {
      bench.reserve();
      await bench.pass();
      expect(bench.held).toBe(1);
      bench.release();
    }
  });

  it('tasks whose call has started, or is over and being recorded, do not count', async () => {
    const bench = new Bench(50);
    bench.limiter.set({ ...RATE, requestsPerMinute: 600 });
    bench.reserve(100);
    for (let second = 0; second < 3; second += 1) {
      await bench.pass(1_000);
      for (let call = 0; call < 9; call += 1) {
        bench.supplier.markSlotUsed();
        void bench.limiter.start(CALL).then((decision) => decision.start && bench.limiter.end(decision.call));
      }
    }
    await bench.pass(1_000);
    expect(bench.held - 27).toBeGreaterThan(5);
  });

  it('tasks that look for their answer count, for they may be about to start', async () => {
    const bench = new Bench(50);
    bench.limiter.set({ ...RATE, requestsPerMinute: 600 });
    await bench.pass(5_000);
    let found = () => {};
    for (let task = 0; task < 15; task += 1) {
      void bench.limiter.whileLookedUp(() => new Promise<void>((done) => (found = done)));
    }
    bench.reserve(30);
    await bench.pass();
    expect(bench.held).toBeLessThanOrEqual(5);
    found();
  });

  it('a few tasks a second come through where the next call may start in a long time only', async () => {
    const bench = new Bench(50);
    bench.limiter.set({ ...RATE, requestsPerMinute: 2 });
    bench.reserve(60);
    await bench.pass(4_000);
    expect(bench.held).toBeGreaterThanOrEqual(10);
    expect(bench.held).toBeLessThanOrEqual(21);
  });
});

describe('a reservation that is no longer needed', () => {
  it('is rejected with an AbortError and takes no slot', async () => {
    const bench = new Bench(1);
    bench.reserve(2);
    await bench.pass();
    for (const abort of bench.waiting) abort.abort();
    await bench.pass();
    expect(bench.rejections).toMatchObject([{ name: 'AbortError' }]);
    bench.release();
    expect(bench.supplier.tryReserveSlot()).toEqual({});
  });

  it('is rejected where its signal was aborted before', async () => {
    const { supplier } = new Bench(1);
    await expect(supplier.reserveSlot(undefined, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(supplier.tryReserveSlot()).toEqual({});
  });

  it('keeps its slot where it had one by then', async () => {
    const { supplier } = new Bench(1);
    const abort = new AbortController();
    const reserved = supplier.reserveSlot(undefined, abort.signal);
    abort.abort();
    expect(await reserved).toEqual({});
    expect(supplier.tryReserveSlot()).toBeNull();
    supplier.releaseSlot(UNUSED);
    expect(supplier.tryReserveSlot()).toEqual({});
  });
});

describe('over any sequence of events', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('no slot is lost or given twice (seed %i)', async (seed) => {
    const random = seededRandom(seed, 'slots');
    const pick = (below: number) => Math.floor(random() * below);
    const bench = new Bench(1 + pick(6));
    const events: (() => unknown)[] = [
      () => bench.reserve(1 + pick(4)),
      () => bench.reserve(1),
      () => bench.held > 0 && bench.release(),
      () => bench.held > 0 && bench.release(1 + pick(bench.held)),
      () => [...bench.waiting][pick(bench.waiting.size)]?.abort(),
      () => bench.set({ limit: pick(8) }),
      () => bench.set({ paused: pick(2) === 0 }),
      () => bench.set({ leaseLost: pick(2) === 0 }),
      () => bench.limiter.block('401'),
      () => bench.limiter.answered(startedCall('judge-paragraph', performance.now()), NO_USAGE),
      () => {
        if (bench.supplier.tryReserveSlot() !== null) bench.held += 1;
      },
    ];
    for (let step = 0; step < 150; step += 1) {
      const heldBefore = bench.held;
      events[pick(events.length)]?.();
      await bench.pass(pick(3) === 0 ? pick(1_500) : 0);
      expect(bench.held).toBeGreaterThanOrEqual(0);
      expect(bench.held).toBeLessThanOrEqual(Math.max(heldBefore, bench.limiter.limit));
    }

    // Once all is well again, exactly the limit is given, and everyone gets a turn.
    bench.limiter.answered(startedCall('judge-paragraph', performance.now()), NO_USAGE);
    bench.set({ limit: 3 });
    await bench.pass(10_000);
    bench.release(bench.held);
    await bench.pass();
    const turns = bench.waiting.size + bench.held;
    for (let turn = 0; turn < turns; turn += 1) {
      expect(bench.held).toBeLessThanOrEqual(3);
      if (bench.held > 0) bench.release();
      await bench.pass();
    }
    expect(bench.waiting.size).toBe(0);
    bench.release(bench.held);
    expect(Array.from({ length: 5 }, () => bench.supplier.tryReserveSlot())).toEqual([{}, {}, {}, null, null]);
  });
});

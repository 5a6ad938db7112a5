import { jest } from '@jest/globals';
import { Limiter } from '../../src/llm/limiter.js';
import type { LimiterState } from '../../src/limiter-state.js';
import { ANY_CALL, callOf, failureOf, refusal, startedCall } from '../support/calls.js';

const SOME = startedCall('judge-paragraph', 0);
const NO_USAGE = { prompt: 0, cached: 0, completion: 0 };

/** A limiter with a clock that the test sets, and everything that it told of. */
function limiterAt(limit: number) {
  const clock = { now: 1_000_000 };
  const told: (string | undefined)[] = [];
  const limiter = new Limiter(limit, {
    now: () => clock.now,
    onChange: ({ closed }: LimiterState) => told.push(closed?.reason),
  });
  const set = (
    rest: {
      limit?: number;
      paused?: boolean;
      leaseLost?: boolean;
      trouble?: string;
      requestsPerMinute?: number;
      tokensPerMinute?: number;
    } = {},
  ) => limiter.set({ limit, paused: false, leaseLost: false, ...rest });
  const started = (tries = 1) =>
    Array.from({ length: tries }, () => limiter.tryStart(ANY_CALL)).filter((decision) => decision?.start).length;
  const cool = (retryAfterMs: number) =>
    limiter.failed(startedCall('judge-paragraph', clock.now), refusal(retryAfterMs));
  return { limiter, clock, told, set, started, cool };
}

describe('the limit', () => {
  it('is never passed, and a call that ends makes room for one', () => {
    const { limiter, started } = limiterAt(3);
    expect(started(10)).toBe(3);
    limiter.end(SOME);
    expect(started(10)).toBe(1);
    expect(limiter.state()).toEqual({ limit: 3, inFlight: 3, waiting: 0, answered: 0, failures: {} });
  });

  it('is followed at once, down and up, and no call is ended for it', () => {
    const { limiter, set, started } = limiterAt(4);
    started(4);
    set({ limit: 2 });
    expect(limiter.state()).toMatchObject({ limit: 2, inFlight: 4 });
    limiter.end(SOME);
    limiter.end(SOME);
    expect(started()).toBe(0);
    limiter.end(SOME);
    expect(started(5)).toBe(1);
    set({ limit: 5 });
    expect(started(9)).toBe(3);
  });

  it('may be 0', () => {
    const { set, started } = limiterAt(0);
    expect(started(3)).toBe(0);
    set({ limit: 1 });
    expect(started(3)).toBe(1);
  });

  it('makes tasks wait for a call to end, in their order', async () => {
    const { limiter, started } = limiterAt(1);
    started();
    const order: number[] = [];
    const waiting = [1, 2].map(async (task) => {
      const decision = await limiter.start(ANY_CALL);
      order.push(task);
      return decision;
    });
    limiter.end(SOME);
    await waiting[0];
    expect(order).toEqual([1]);
    limiter.end(SOME);
    expect(await Promise.all(waiting)).toMatchObject([{ start: true }, { start: true }]);
    expect(order).toEqual([1, 2]);
    expect(limiter.state()).toMatchObject({ inFlight: 1 });
  });

  it('starts nothing any more when the worker is stopped', async () => {
    const { limiter, started } = limiterAt(1);
    started();
    const waiting = limiter.start(ANY_CALL);
    limiter.stop();
    limiter.end(SOME);
    expect(await waiting).toMatchObject({ start: false, retryInMs: 1_000 });
    expect(limiter.state()).toMatchObject({ inFlight: 0, closed: { reason: 'stopping' } });
  });

  it('sends those away who wait when it closes', async () => {
    const { limiter, set, started } = limiterAt(1);
    started();
    const waiting = limiter.start(ANY_CALL);
    set({ paused: true });
    expect(await waiting).toMatchObject({ start: false, message: 'the run is paused' });
    expect(limiter.state()).toMatchObject({ inFlight: 1 });
  });
});

describe('a pause', () => {
  it('lets nothing start, not even a probe, until it ends', () => {
    const { limiter, clock, set, started } = limiterAt(10);
    limiter.block('401');
    set({ paused: true });
    clock.now += 3_600_000;
    expect(started(10)).toBe(0);
    expect(limiter.state().closed?.reason).toBe('paused');
    set();
    expect(started(10)).toBe(1);
  });

  it('lets calls in flight end', () => {
    const { limiter, set, started } = limiterAt(2);
    started(2);
    set({ paused: true });
    limiter.end(SOME);
    expect(limiter.state().inFlight).toBe(1);
  });
});

describe('a lost lease', () => {
  it('lets nothing start until the store can be written again', () => {
    const { limiter, clock, set, started } = limiterAt(2);
    set({ leaseLost: true, trouble: 'the disk is full: make space on it' });
    clock.now += 3_600_000;
    expect(started(5)).toBe(0);
    expect(limiter.state().closed).toEqual({
      reason: 'output unusable',
      message: 'the disk is full: make space on it',
    });
    set();
    expect(started(5)).toBe(2);
  });
});

describe('a cool-down', () => {
  it('ends by itself, and says when', () => {
    const { limiter, clock, started, cool } = limiterAt(2);
    cool(7_000);
    expect(limiter.tryStart(ANY_CALL)).toEqual({
      start: false,
      message: 'the provider takes no more for now',
      retryInMs: 7_000,
    });
    // Waits go by the monotonic clock; what people are told is the time of day.
    const today = jest.spyOn(Date, 'now').mockReturnValue(5_000_000_000);
    expect(limiter.state().closed).toMatchObject({ reason: 'cooling down', until: 5_000_007_000 });
    today.mockRestore();
    clock.now += 6_999;
    expect(started(5)).toBe(0);
    expect(limiter.isClosed).toBe(true);
    clock.now += 1;
    expect(limiter.isClosed).toBe(false);
    // Not all slots at once.
    expect(started(5)).toBe(1);
  });

  it('is never made shorter by another', () => {
    const { clock, started, cool } = limiterAt(2);
    cool(10_000);
    cool(1_000);
    clock.now += 9_999;
    expect(started()).toBe(0);
  });
});

describe('a rate', () => {
  it('makes who comes wait for the turn, in order, and sends away whose turn is far', async () => {
    jest.useFakeTimers({ now: 0 });
    const limiter = new Limiter(50);
    limiter.set({ limit: 50, paused: false, leaseLost: false, requestsPerMinute: 90 });
    const order: string[] = [];
    const coming = ['a', 'b', 'c', 'd'].map(async (step) => {
      const decision = await limiter.start(callOf(step));
      order.push(`${step} ${decision.start}`);
      return decision;
    });
    await jest.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['c false', 'd false']);
    expect(await coming[2]).toMatchObject({ message: 'the limit a minute is reached' });
    expect(limiter.state()).toMatchObject({ waiting: 2, requestsPerMinute: 90 });
    await jest.advanceTimersByTimeAsync(1_100);
    await jest.advanceTimersByTimeAsync(1_100);
    expect(order.slice(2)).toEqual(['a true', 'b true']);
    jest.useRealTimers();
  });

  it('of which this worker has no part lets nothing start', async () => {
    const { limiter, set } = limiterAt(5);
    set({ requestsPerMinute: 0 });
    expect(await limiter.start(ANY_CALL)).toMatchObject({ start: false, retryInMs: 1_000 });
  });

  it('sends even the next in line away whose turn is far', () => {
    const { limiter, clock, set } = limiterAt(50);
    set({ tokensPerMinute: 4_000 });
    clock.now += 60_000;
    expect(limiter.tryStart(ANY_CALL)).toMatchObject({ start: true });
    expect(limiter.tryStart(ANY_CALL)).toMatchObject({ start: false, retryInMs: 30_000 });
    clock.now += 20_000;
    expect(limiter.tryStart(ANY_CALL)).toBeUndefined();
  });

  it('is given back what a call would have taken that is not made after all', () => {
    const { limiter, clock, set } = limiterAt(50);
    set({ requestsPerMinute: 60 });
    clock.now += 60_000;
    const first = limiter.tryStart(ANY_CALL);
    expect(limiter.tryStart(ANY_CALL)).toBeUndefined();
    if (first?.start === true) limiter.abandon(first.call);
    expect(limiter.state().inFlight).toBe(0);
    expect(limiter.tryStart(ANY_CALL)?.start).toBe(true);
  });

  it('of tokens is given back what a call did not use', () => {
    const { limiter, clock, set } = limiterAt(50);
    set({ tokensPerMinute: 6_000 });
    const start = () => {
      const decision = limiter.tryStart(ANY_CALL);
      return decision?.start === true ? decision.call : undefined;
    };
    clock.now += 60_000;
    expect(start()?.tokens).toBe(1_100);
    clock.now += 60_000;
    const call = start();
    expect(start()).toBeUndefined();
    if (call !== undefined) limiter.end(call);
    expect(start()?.tokens).toBe(1_100);
  });
});

describe('a blocked model', () => {
  it('lets one probe through every 30 seconds', () => {
    const { limiter, clock, started } = limiterAt(10);
    limiter.block('401 from api.example.com');
    const startedEachSecond = Array.from({ length: 121 }, () => {
      const count = started(10);
      for (let ended = 0; ended < count; ended += 1) {
        limiter.block('401 from api.example.com');
        limiter.end(SOME);
      }
      clock.now += 1_000;
      return count;
    });
    const seconds = startedEachSecond.flatMap((count, second) => (count > 0 ? [second] : []));
    expect(seconds).toEqual([30, 60, 90, 120]);
    expect(Math.max(...startedEachSecond)).toBe(1);
  });

  it('has its probe in time, however many calls in flight still fail', () => {
    const { limiter, clock, started } = limiterAt(10);
    started(10);
    for (let failed = 0; failed < 10; failed += 1) {
      limiter.block('401');
      limiter.end(SOME);
      clock.now += 3_000;
    }
    expect(started(10)).toBe(1);
  });

  it('is open again after any answer', () => {
    const { limiter, clock, started, told } = limiterAt(10);
    limiter.block('402 from api.example.com');
    clock.now += 30_000;
    expect(started(10)).toBe(1);
    limiter.answered(startedCall('judge-paragraph', clock.now), NO_USAGE);
    expect(started(10)).toBe(9);
    expect(limiter.state()).toEqual({ limit: 10, inFlight: 10, waiting: 0, answered: 1, failures: {} });
    expect(told).toEqual(['blocked', undefined]);
  });

  it('is not opened by an answer to a call from before, nor by one of another step', () => {
    const { limiter, clock } = limiterAt(10);
    limiter.block('400 from api.example.com', 'write-conversation');
    limiter.answered(startedCall('write-conversation', clock.now - 1), NO_USAGE);
    limiter.answered(startedCall('judge-paragraph', clock.now), NO_USAGE);
    expect(limiter.state().closed).toMatchObject({ reason: 'blocked' });
    limiter.answered(startedCall('write-conversation', clock.now), NO_USAGE);
    expect(limiter.state().closed).toBeUndefined();
  });

  it('says why, and that nobody knows for how long', () => {
    const { limiter } = limiterAt(1);
    limiter.block('401 from api.example.com. Check the API key.');
    expect(limiter.tryStart(ANY_CALL)).toEqual({
      start: false,
      message: '401 from api.example.com. Check the API key.',
      retryInMs: 10_000,
    });
  });

  it('has somebody come back when its probe is due', () => {
    const { limiter, clock } = limiterAt(1);
    limiter.block('401');
    clock.now += 26_000;
    expect(limiter.tryStart(ANY_CALL)).toMatchObject({ start: false, retryInMs: 4_000 });
  });

  it('is tried no less and no more after ten thousand failures', () => {
    const { limiter, clock, started } = limiterAt(5);
    limiter.block('401');
    let probes = 0;
    let longestWait = 0;
    for (let failures = 1; failures <= 10_000; failures += 1) {
      limiter.failed(SOME, failureOf('401', `401 from api.example.com, for the ${failures}th time`));
      limiter.block('401');
      const decision = limiter.tryStart(ANY_CALL);
      if (decision?.start) {
        probes += 1;
        limiter.end(SOME);
      }
      if (decision?.start === false) longestWait = Math.max(longestWait, decision.retryInMs);
      clock.now += 3_000;
    }
    expect({ probes, longestWait }).toEqual({ probes: 999, longestWait: 10_000 });
    expect(started(5)).toBe(1);
    expect(limiter.state()).toMatchObject({
      failures: { '401': 10_000 },
      lastFailure: '401 from api.example.com, for the 10000th time',
    });
  });

  it('is open for other steps where only one is blocked, each with its own probe', () => {
    const { limiter, clock, told } = limiterAt(10);
    const starts = (...steps: string[]) => steps.map((step) => limiter.tryStart(callOf(step))?.start);
    limiter.block('400 from api.example.com', 'write-conversation');
    clock.now += 10_000;
    limiter.block('422 from api.example.com', 'judge-paragraph');
    expect(starts('write-conversation', 'judge-paragraph', 'check-question')).toEqual([false, false, true]);
    expect(limiter.isClosed).toBe(false);
    expect(limiter.state().closed?.message).toBe('write-conversation: 400 from api.example.com');
    clock.now += 20_000;
    expect(starts('judge-paragraph', 'write-conversation', 'write-conversation')).toEqual([false, true, false]);
    limiter.answered(startedCall('write-conversation', clock.now), NO_USAGE);
    expect(limiter.state().closed?.message).toBe('judge-paragraph: 422 from api.example.com');
    expect(starts('write-conversation', 'judge-paragraph')).toEqual([true, false]);
    clock.now += 10_000;
    expect(starts('judge-paragraph')).toEqual([true]);
    limiter.answered(startedCall('judge-paragraph', clock.now), NO_USAGE);
    expect(limiter.state().closed).toBeUndefined();
    expect(told).toEqual(['blocked', 'blocked', undefined]);
  });

  it('counts what its calls failed with', () => {
    const { limiter } = limiterAt(10);
    limiter.failed(SOME, failureOf('429', '429 from api.example.com'));
    limiter.failed(SOME, failureOf('timeout', 'No answer from api.example.com within 120 s'));
    limiter.failed(SOME, failureOf('429', '429 from api.example.com: slower'));
    expect(limiter.state()).toEqual({
      limit: 10,
      inFlight: 0,
      waiting: 0,
      answered: 0,
      failures: { '429': 2, timeout: 1 },
      faults: { binMs: 60_000, counts: expect.any(Object) },
      lastFailure: '429 from api.example.com: slower',
    });
  });

  it.each([
    [
      'is answered',
      (limiter: Limiter, at: number) => limiter.answered(startedCall('write-conversation', at), NO_USAGE),
    ],
    ['is blocked again', (limiter: Limiter) => limiter.block('400', 'write-conversation')],
    [
      'is refused',
      (limiter: Limiter, at: number) => limiter.failed(startedCall('write-conversation', at), refusal(60_000)),
    ],
  ])('has no probe while the provider asks to wait, and goes on afterwards where that %s', (_what, end) => {
    const { limiter, clock, started, cool } = limiterAt(10);
    started(5);
    limiter.block('400', 'write-conversation');
    clock.now += 29_000;
    cool(60_000);
    clock.now += 2_000;
    expect(limiter.tryStart(callOf('write-conversation'))).toMatchObject({ start: false, retryInMs: 58_000 });
    clock.now += 58_001;
    expect(limiter.tryStart(callOf('write-conversation'))?.start).toBe(true);
    end(limiter, clock.now);
    clock.now += 120_000;
    expect(started()).toBe(1);
    expect(limiter.state().slowedTo).toBeGreaterThan(0);
  });

  it('has no probe while the limit is reached', () => {
    const { limiter, clock, started } = limiterAt(2);
    started(2);
    limiter.block('401');
    clock.now += 30_000;
    expect(started()).toBe(0);
    limiter.end(SOME);
    expect(started(3)).toBe(1);
  });
});

describe('telling of changes', () => {
  it('says each change of state once, however many calls there are', () => {
    const { limiter, clock, told, set, started, cool } = limiterAt(5);
    started(5);
    for (let count = 0; count < 5; count += 1) {
      limiter.block('401');
      limiter.end(SOME);
    }
    set();
    set({ paused: true });
    set({ paused: true });
    set();
    limiter.answered(startedCall('judge-paragraph', clock.now), NO_USAGE);
    limiter.answered(startedCall('judge-paragraph', clock.now), NO_USAGE);
    expect(told).toEqual(['blocked', 'paused', 'blocked', undefined]);
    cool(1_000);
    clock.now += 2_000;
    set();
    expect(told.slice(4)).toEqual(['cooling down', undefined]);
    expect(limiter.state().slowedTo).toBeGreaterThan(0);
  });

  it('tells again where the reason is another one', () => {
    const { limiter, told } = limiterAt(5);
    limiter.block('401');
    limiter.block('402');
    expect(told).toEqual(['blocked', 'blocked']);
  });

  it('wakes those who wait, until they no longer do', () => {
    const { limiter, set, started } = limiterAt(1);
    let woken = 0;
    const stop = limiter.onWake(() => (woken += 1));
    started();
    limiter.end(SOME);
    set({ limit: 2 });
    expect(woken).toBe(2);
    stop();
    set({ limit: 3 });
    expect(woken).toBe(2);
  });
});

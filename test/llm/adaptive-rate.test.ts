import { AdaptiveRate, recoveringRate } from '../../src/llm/adaptive-rate.js';
import { StartRates } from '../../src/llm/start-rates.js';
import { ANY_CALL } from '../support/calls.js';

/** With so many calls a second for so long, ending at `until` (milliseconds). */
function rateAfter({ perSecond, seconds, until }: { perSecond: number; seconds: number; until: number }): AdaptiveRate {
  const rate = new AdaptiveRate();
  for (let call = perSecond * seconds; call > 0; call -= 1) {
    const at = until - (call * 1_000) / perSecond;
    rate.started(at, 1e9);
    rate.answered(at, at);
  }
  return rate;
}

/**
 * Calls that a provider of 20 a second answers within the minute after it took none for an hour, asked as a limiter with
 * 50 slots does; answers take a second, refusals 200 ms and come with `told` then.
 */
function answeredAfterOutage(told: number | undefined): number {
  const [downFrom, downUntil] = [60_000, 3_660_000];
  const isDown = (at: number) => at >= downFrom && at < downUntil;
  const rates = new StartRates();
  const open: { startedAt: number; endsAt: number; isRefused: boolean }[] = [];
  let [coolUntil, tokens, backAt, answered] = [0, 20, 0, 0];
  for (let now = 0; backAt === 0 || now < backAt + 60_000; now += 50) {
    tokens = Math.min(20, tokens + 1);
    for (const call of open.filter(({ endsAt }) => endsAt <= now)) {
      open.splice(open.indexOf(call), 1);
      if (call.isRefused)
        coolUntil = Math.max(
          coolUntil,
          now + rates.refused(call.startedAt, isDown(call.startedAt) ? told : 1_000, now),
        );
      else {
        rates.answered(ANY_CALL, call.startedAt, 0, { prompt: 0, cached: 0, completion: 0 }, now);
        if (call.startedAt >= downUntil) {
          backAt ||= now;
          answered += 1;
        }
      }
    }
    const slots = now >= coolUntil ? 50 - open.length : 0;
    for (let slot = 0; slot < slots && rates.waitFor(ANY_CALL, [], now) === 0; slot += 1) {
      rates.start(ANY_CALL, 50, now);
      const isRefused = isDown(now) || tokens < 1;
      if (!isRefused) tokens -= 1;
      open.push({ startedAt: now, endsAt: now + (isRefused ? 200 : 1_000), isRefused });
    }
  }
  return answered;
}

it.each([
  [0, 8],
  [22_500, 9.75],
  [45_000, 10],
  [67_500, 10.25],
  [90_000, 12],
  [180_000, 64],
])('after %i ms at the rate, 10 calls a second are tried at %f', (spentMs, expected) => {
  expect(recoveringRate(10, spentMs)).toBeCloseTo(expected);
});

it('is none before the first refusal', () => {
  expect(rateAfter({ perSecond: 50, seconds: 60, until: 100_000 }).rate).toBeUndefined();
});

describe('the rate after a refusal', () => {
  it.each([
    ['what was taken lately, where the wait is short', { perSecond: 10, seconds: 60, retryAfterMs: 1_000 }, 8],
    [
      'what was taken until the end of the wait, where it is long',
      { perSecond: 50, seconds: 12, retryAfterMs: 48_000 },
      8,
    ],
    ['what a minute takes that was halved', { perSecond: 10, seconds: 60, retryAfterMs: 30_000 }, 4],
  ])('is 0.8 of %s', (_what, { retryAfterMs, ...calls }, expected) => {
    const rate = rateAfter({ ...calls, until: 100_000 });
    rate.started(100_000, 1e9);
    expect(rate.refused(100_000, retryAfterMs, 100_020)).toBe(retryAfterMs);
    expect((rate.rate ?? 0) / expected).toBeGreaterThan(0.9);
    expect((rate.rate ?? 0) / expected).toBeLessThan(1.1);
  });

  it('is not lowered again by calls from before', () => {
    const rate = rateAfter({ perSecond: 50, seconds: 10, until: 100_000 });
    rate.refused(99_000, 1_000, 100_000);
    const { rate: once } = rate;
    for (let call = 0; call < 20; call += 1) expect(rate.refused(99_500, 7_000, 100_100)).toBe(7_000);
    expect(rate.rate).toBe(once);
    for (const startedAt of [101_400, 101_500]) rate.started(startedAt, 1e9);
    rate.refused(101_500, 1_000, 101_600);
    expect(rate.rate).toBeLessThan(once ?? 0);
  });

  it.each([
    ['that say nothing', undefined],
    ['that ask for a minute', 60_000],
  ])(
    'outlasts hours of refusals %s: a provider that takes nothing does not say how fast it takes calls',
    (_what, told) => {
      const rate = rateAfter({ perSecond: 10, seconds: 60, until: 100_000 });
      let now = 100_000;
      const refuse = () => {
        rate.started(now, 1e9);
        now += rate.refused(now, told, now + 10) + 20;
        return rate.rate;
      };
      const once = refuse();
      for (let call = 0; call < 200; call += 1) expect(refuse()).toBeGreaterThan(0.95 * (once ?? 0));
      expect(now).toBeGreaterThan(3_600_000);
    },
  );

  it.each([
    ['says nothing', undefined],
    ['asks for a minute', 60_000],
    ['asks for five', 300_000],
  ])('is found again soon after an hour of refusals of many calls at once that %s', (_what, told) => {
    expect(answeredAfterOutage(told)).toBeGreaterThan(700);
  });

  it('does not grow while nothing starts', () => {
    const rate = rateAfter({ perSecond: 10, seconds: 60, until: 100_000 });
    rate.refused(99_999, 1_000, 100_000);
    const { rate: slowed = 0 } = rate;
    rate.started(10_000_000, 1e9);
    expect(rate.rate).toBeLessThan(1.02 * slowed);
  });
});

it('waits ever longer where the provider does not say how long, until it answers again', () => {
  const rate = new AdaptiveRate();
  const refuse = (now: number) => rate.refused(now, undefined, now);
  expect([0, 2, 5, 10, 20, 40, 80, 160].map((second) => refuse(second * 1_000))).toEqual(
    [1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000),
  );
  rate.answered(300_000, 300_000);
  expect(refuse(300_000)).toBe(1_000);
});

it('is lifted when there are far too few slots for it', () => {
  const rate = rateAfter({ perSecond: 10, seconds: 10, until: 100_000 });
  rate.refused(99_999, 1_000, 100_000);
  rate.started(101_100, 100);
  expect(rate.rate).toBeGreaterThan(0);
  rate.started(101_200, 3);
  expect(rate.rate).toBeUndefined();
});

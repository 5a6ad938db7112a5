import { expect, it } from '@jest/globals';
import { Forecaster } from '../../../src/cli/progress/forecast.js';
import type { RunStatus } from '../../../src/cli/run-status.js';
import type { LimiterState } from '../../../src/limiter-state.js';
import { NOTHING_DONE, statusOf } from './status-of.js';

const BLOCKED: LimiterState['closed'] = { reason: 'blocked', message: '401' };

/** A run of 1,000 chunks that has answered 10 calls a second, and closed a chunk of 30 calls every 3 seconds. */
function statusAt(second: number, { closed, ...rest }: Partial<RunStatus> & { closed?: LimiterState['closed'] } = {}) {
  const done = Math.floor(second / 3);
  const { funnel } = NOTHING_DONE;
  const calls = done * 30;
  const limiter = {
    limit: 50,
    inFlight: 20,
    waiting: 0,
    answered: second * 10,
    failures: {},
    ...(closed && { closed }),
  };
  return statusOf({
    chunks: 1_000,
    funnel: { ...funnel, worthy: done, chunks: { ...funnel.chunks, in: done, accepted: done } },
    totals: { ...NOTHING_DONE.totals, calls },
    openChunks: 0,
    spent: {
      paid: {
        models: { small: { calls, prompt: calls * 90, cached: 0, completion: calls * 10 } },
        cost: calls / 1_000,
      },
      maxCost: 0,
    },
    workers: [{ worker: 'a', limiters: { logical: limiter } }],
    ...rest,
  });
}

function forecastAfter(seconds: number, last: Parameters<typeof statusAt>[1] = {}) {
  const forecaster = new Forecaster();
  for (let second = 0; second < seconds; second += 1) forecaster.look(statusAt(second), second);
  return forecaster.look(statusAt(seconds, last), seconds);
}

it('says speed, time left, and what it will come to', () => {
  const forecast = forecastAfter(600);
  expect(forecast).toMatchObject({ isWaiting: false, secondsLeft: 2_400 });
  expect(forecast.share).toBeCloseTo(0.2);
  expect(forecast.callsPerMinute).toBeCloseTo(600);
  expect(forecast.chunksPerMinute).toBeCloseTo(20, 0);
  expect(forecast.cost).toBeCloseTo(30, 0);
  expect((forecast.tokens ?? 0) / 1_000_000).toBeCloseTo(3, 1);
});

it('says neither time nor cost too early', () => {
  const forecast = forecastAfter(20);
  expect(forecast).not.toHaveProperty('secondsLeft');
  expect(forecast).not.toHaveProperty('cost');
});

it.each([
  ['is paused', { paused: true }],
  ['has no worker', { workers: [] }],
  ['is blocked', { closed: BLOCKED }],
])('a run that %s waits, without a speed or an end', (_case, last) => {
  const forecast = forecastAfter(600, last);
  expect(forecast.isWaiting).toBe(true);
  expect(forecast).not.toHaveProperty('secondsLeft');
  expect(forecast).not.toHaveProperty('callsPerMinute');
});

it('a look without an answer from the run leaves the speed as it was', () => {
  const forecaster = new Forecaster();
  for (let second = 0; second < 600; second += 1)
    forecaster.look(statusAt(second, second === 500 ? { ...NOTHING_DONE, chunks: 0 } : {}), second);
  expect(forecaster.look(statusAt(600), 600).chunksPerMinute).toBeCloseTo(20, 0);
});

it('a run whose chunks are all done has no time left to say', () => {
  expect(forecastAfter(600, { chunks: 200 })).not.toHaveProperty('secondsLeft');
});

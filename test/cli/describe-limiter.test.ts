import { describeSlowdown, limiterLine } from '../../src/cli/describe-limiter.js';
import type { LimiterState } from '../../src/limiter-state.js';

const OPEN: LimiterState = { limit: 25, inFlight: 24, waiting: 0, answered: 1_204, failures: {} };
const COOLING = { reason: 'cooling down', message: 'the provider takes no more for now', until: 12_000 } as const;

it.each([
  [OPEN, '24 of 25 calls in flight, 1,204 answered'],
  [
    { ...OPEN, waiting: 3, requestsPerMinute: 200, tokensPerMinute: 33_333.3 },
    '24 of 25 calls in flight, 3 waiting, 1,204 answered, at most 200 calls and 33,333 tokens a minute',
  ],
  [
    { ...OPEN, slowedTo: 491.8, closed: COOLING },
    '24 of 25 calls in flight, 1,204 answered, slowed down to 492 calls a minute, cooling down for 12 s',
  ],
  [{ ...OPEN, closed: { reason: 'blocked', message: '401' } }, '24 of 25 calls in flight, 1,204 answered, blocked'],
] as [LimiterState, string][])('a limiter is told in one line', (state, line) => {
  expect(limiterLine(state, 0)).toBe(line);
});

it.each([
  [[OPEN, OPEN], []],
  [[{ ...OPEN, slowedTo: 100 }, OPEN, { ...OPEN, slowedTo: 50.4 }], ['slowed down to 150 calls a minute']],
  [[{ ...OPEN, slowedTo: 100, closed: COOLING }], ['slowed down to 100 calls a minute', 'cooling down for 12 s']],
] as [LimiterState[], string[]][])('what slows a run down is told over all workers', (limiters, parts) => {
  expect(describeSlowdown(limiters, 0)).toEqual(parts);
});

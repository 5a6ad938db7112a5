import { failureLines } from '../../src/cli/describe-failures.js';
import type { LimiterState } from '../../src/limiter-state.js';

function limiter(failures: Record<string, number>, lastFailure?: string): LimiterState {
  return {
    limit: 5,
    inFlight: 1,
    waiting: 0,
    answered: 20,
    failures,
    ...(lastFailure !== undefined && { lastFailure }),
  };
}

const { failures: _none, ...OF_AN_EARLIER_VERSION } = limiter({});

it.each<[string, LimiterState[], string[]]>([
  ['nothing without workers', [], []],
  ['nothing where all calls were answered', [limiter({}), limiter({})], []],
  ['nothing of a worker that does not say', [OF_AN_EARLIER_VERSION as LimiterState], []],
  [
    'each reason with its count, the most frequent first',
    [limiter({ timeout: 3, '429': 1_200 }, '429 from 127.0.0.1:8300: Rate limit reached')],
    ['retried: 1,200 x 429, 3 x timeout; last: 429 from 127.0.0.1:8300: Rate limit reached'],
  ],
  [
    'all workers and models together',
    [
      limiter({ '503': 1 }, '503 from a.example.com'),
      limiter({}),
      limiter({ '503': 2, 'connection reset': 4 }, 'b.example.com broke off the connection: ECONNRESET'),
      limiter({ '503': 1 }, '503 from a.example.com'),
    ],
    [
      'retried: 4 x 503, 4 x connection reset; ' +
        'last: 503 from a.example.com | b.example.com broke off the connection: ECONNRESET',
    ],
  ],
  [
    'at most six reasons and two messages',
    [
      limiter({ '429': 8, '500': 7, '502': 6, '503': 5, '504': 4, timeout: 3 }, 'one'),
      limiter({ 'connection reset': 2, 'not a completion': 1 }, 'two'),
      limiter({ '429': 1 }, 'three'),
    ],
    ['retried: 9 x 429, 7 x 500, 6 x 502, 5 x 503, 4 x 504, 3 x timeout, 3 x other; last: one | two'],
  ],
])('says %s', (_what, limiters, lines) => {
  expect(failureLines(limiters)).toEqual(lines);
});

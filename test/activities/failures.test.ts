import type { ApplicationFailure } from '@temporalio/activity';
import { BrokenRunError } from '../../src/planning/broken-run-error.js';
import { asFailure, failedCall, refusedCall, waitingCall } from '../../src/activities/failures.js';
import type { CallFailure } from '../../src/llm/errors.js';

const LEAST = () => 0;
const MOST = () => 1;

function failure(kind: CallFailure['kind'], rest: Partial<CallFailure> = {}): CallFailure {
  return { kind, message: '429 from api.example.com', reason: '429', rateLimited: false, ...rest };
}

function shown({ type, message, nonRetryable, nextRetryDelay, category }: ApplicationFailure) {
  return { type, message, nonRetryable: nonRetryable ?? false, nextRetryDelay, category };
}

describe('a call that got no answer', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [10_000, 60_000],
  ])('is tried again, attempt %i after %i ms', (attempt, delay) => {
    expect(failedCall(failure('transport'), attempt, LEAST).nextRetryDelay).toBe(delay);
    expect(failedCall(failure('transport'), attempt, MOST).nextRetryDelay).toBe(delay * 1.2);
  });

  it('waits as long as the provider asks, and a little more, whatever the attempt', () => {
    const asked = failure('transport', { rateLimited: true, retryAfterMs: 12_000 });
    for (const attempt of [1, 9]) {
      expect(shown(failedCall(asked, attempt, LEAST))).toEqual({
        type: 'Transport',
        message: '429 from api.example.com, next try in 12 s',
        nonRetryable: false,
        nextRetryDelay: 12_000,
        category: 'BENIGN',
      });
      expect(failedCall(asked, attempt, MOST).nextRetryDelay).toBe(14_400);
    }
  });

  it('counts as an error unless the provider only asked for slower calls', () => {
    expect(failedCall(failure('transport'), 1).category).not.toBe('BENIGN');
    expect(failedCall(failure('transport', { rateLimited: true }), 1).category).toBe('BENIGN');
  });

  it.each([0, 0.3, -5, 1])(
    'never asks the server for a wait of nothing, which would fail the call for good: %d ms',
    (waitMs) => {
      const shortly = failure('transport', { retryAfterMs: waitMs });
      for (const { nextRetryDelay } of [failedCall(shortly, 1, LEAST), waitingCall('cooling down', waitMs, LEAST)]) {
        expect(nextRetryDelay).toBeGreaterThanOrEqual(100);
      }
    },
  );

  it('never promises to come back in 0 s', () => {
    expect(failedCall(failure('transport', { retryAfterMs: 20 }), 1, LEAST).message).toContain('next try in 1 s');
  });
});

it('a call to a blocked model comes back soon, and fails nothing', () => {
  expect(
    shown(failedCall(failure('blocked', { message: '401 from api.example.com. Check the key.' }), 10_000, LEAST)),
  ).toEqual({
    type: 'Blocked',
    message: '401 from api.example.com. Check the key, next try in 10 s',
    nonRetryable: false,
    nextRetryDelay: 10_000,
    category: 'BENIGN',
  });
});

it('a refused call is never tried again', () => {
  const expected = { type: 'Refused', message: '400 from api.example.com', nonRetryable: true };
  expect(shown(refusedCall('400 from api.example.com'))).toMatchObject(expected);
  expect(shown(failedCall(failure('refused', { message: '400 from api.example.com' }), 1))).toMatchObject(expected);
});

it('a call that may not start comes back when it may, spread a little', () => {
  expect(shown(waitingCall('the run is paused', 30_000, LEAST))).toEqual({
    type: 'Waiting',
    message: 'the run is paused, next try in 30 s',
    nonRetryable: false,
    nextRetryDelay: 30_000,
    category: 'BENIGN',
  });
  const delays = Array.from({ length: 200 }, () => Number(waitingCall('x', 10_000).nextRetryDelay));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(10_000);
  expect(Math.max(...delays)).toBeLessThanOrEqual(12_000);
  expect(new Set(delays).size).toBeGreaterThan(20);
});

describe('what keeps the output folder from being used', () => {
  it('is a wait, in words', () => {
    const full = asFailure(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    expect(full).toMatchObject({ type: 'Waiting', nonRetryable: false });
    expect((full as Error).message).toMatch(/^the disk of the output folder is full .*, next try in 1\d s$/);
  });

  it('is for good where the run lacks something', () => {
    const broken = asFailure(new BrokenRunError('documents/a.txt is missing'));
    expect(broken).toMatchObject({ type: 'Broken', message: 'documents/a.txt is missing', nonRetryable: true });
  });

  it('is no other error', () => {
    const bug = new Error('a bug');
    expect(asFailure(bug)).toBe(bug);
  });
});

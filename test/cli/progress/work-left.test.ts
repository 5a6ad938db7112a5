import { expect, it } from '@jest/globals';
import { estimateWorkLeft } from '../../../src/cli/progress/work-left.js';

it('chunks to come are expected to need what chunks needed so far, worthy and unworthy apart', () => {
  // 10 closed: 5 of the judge's call alone, 5 of 31, and one of the usual 40 as if it had been seen; one of each kind more.
  const left = estimateWorkLeft({ chunks: 30, closed: 10, worthy: 5, closedCalls: 160, open: 0, openCalls: [] });
  expect(left).toEqual({ calls: 20 * 16.75, share: 160 / 495, longest: 1, isMeasured: true });
});

/** Ten of 30, and one of the usual 40. */
const PER_WORTHY = 340 / 11;

it('open chunks count for what they still need, by those that were looked at', () => {
  const seen = { chunks: 14, closed: 10, worthy: 10, closedCalls: 300, open: 4 };
  expect(estimateWorkLeft({ ...seen, openCalls: [20, 10] })).toEqual({
    calls: 2 * (PER_WORTHY - 20 + PER_WORTHY - 10),
    share: 360 / (360 + 2 * (PER_WORTHY - 20 + PER_WORTHY - 10)),
    longest: (PER_WORTHY - 10) / PER_WORTHY,
    isMeasured: true,
  });
});

it('an open chunk is never without work, however many calls it had', () => {
  const seen = { chunks: 11, closed: 10, worthy: 10, closedCalls: 300, open: 1, openCalls: [90] };
  expect(estimateWorkLeft(seen)?.calls).toBeGreaterThan(1);
});

it('while no worthy chunk is closed, what one needs is guessed, and said to be', () => {
  const seen = { chunks: 9, closed: 3, worthy: 0, closedCalls: 3, open: 6, openCalls: [7, 5, 1, 1, 1, 1] };
  const left = estimateWorkLeft(seen);
  expect(left).toMatchObject({ isMeasured: false });
  expect(left?.share).toBeLessThan(0.2);
});

it('nothing is said before a chunk is begun', () => {
  expect(estimateWorkLeft({ chunks: 9, closed: 0, worthy: 0, closedCalls: 0, open: 0, openCalls: [] })).toBeUndefined();
});

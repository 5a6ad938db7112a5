import { expect, it } from '@jest/globals';
import { describeShownTime, nextStep, SHOWN_TIMES } from '../../../src/cli/progress/shown-time.js';

const MINUTE = 60;
const step = (minutes: number) => SHOWN_TIMES.indexOf(minutes * MINUTE);

it.each([
  [1, '30 s'],
  [50, '1 min'],
  [6.5 * MINUTE, '7 min'],
  [72 * MINUTE, '1 h 15 min'],
  [10_000 * MINUTE, '120 h'],
])('%i s are first shown as %s', (seconds, text) => {
  expect(describeShownTime(nextStep(seconds))).toBe(text);
});

it('a time near the border between two steps stays where it is, from either side', () => {
  for (const seconds of [12 * MINUTE, 12.5 * MINUTE, 13 * MINUTE]) {
    expect(nextStep(seconds, step(10))).toBe(step(10));
    expect(nextStep(seconds, step(15))).toBe(step(15));
  }
});

it('what is clearly another step is shown as that', () => {
  expect(nextStep(9.5 * MINUTE, step(15))).toBe(step(10));
  expect(nextStep(16 * MINUTE, step(10))).toBe(step(15));
});

it('goes two steps at once at most', () => {
  expect(nextStep(300 * MINUTE, step(10))).toBe(step(20));
  expect(nextStep(1, step(10))).toBe(step(5));
});

import { describe, expect, it } from '@jest/globals';
import { TimeLeftGauge } from '../../../src/cli/progress/time-left.js';
import { judgeLooks } from './judge-looks.js';
import { simulateRun } from './simulated-run.js';

const SEEDS = [1, 2, 3, 4];

/** Over all looks of several runs: the part that was right, and the steps. */
function judge(
  run: { chunks: number; worthy: number; slots: number; pause?: number; slowdown?: number },
  within: number,
) {
  const judged = SEEDS.map((seed) => judgeLooks({ ...run, seed }, within));
  const shown = judged.reduce((sum, each) => sum + each.shown, 0);
  const right = judged.reduce((sum, each) => sum + each.good * each.shown, 0);
  return {
    shown,
    looks: judged.reduce((sum, each) => sum + each.looks, 0),
    good: shown === 0 ? 0 : right / shown,
    backward: Math.max(...judged.map((each) => each.backward)),
    largest: Math.max(...judged.map((each) => each.largest)),
  };
}

describe('the time left of simulated runs, over all looks once it is shown', () => {
  it.each([
    { chunks: 13, worthy: 0.5, slots: 10, within: 0.5, good: 0.65 },
    { chunks: 13, worthy: 0.95, slots: 10, within: 0.5, good: 0.65 },
    { chunks: 45, worthy: 0.95, slots: 10, within: 0.25, good: 0.7 },
    { chunks: 45, worthy: 0.95, slots: 10, pause: 120, within: 0.25, good: 0.7 },
    { chunks: 200, worthy: 0.5, slots: 20, within: 0.25, good: 0.75 },
    { chunks: 200, worthy: 0.95, slots: 20, within: 0.25, good: 0.95 },
    { chunks: 200, worthy: 0.95, slots: 20, pause: 300, within: 0.25, good: 0.95 },
    { chunks: 5_000, worthy: 0.05, slots: 50, within: 0.25, good: 0.8 },
    { chunks: 5_000, worthy: 0.95, slots: 50, pause: 600, within: 0.15, good: 0.98 },
    // Before calls take twice as long, nobody can know that they will.
    { chunks: 5_000, worthy: 0.95, slots: 50, slowdown: 2, within: 0.15, good: 0.6 },
  ])(
    '$chunks chunks of which $worthy are worthy, pause $pause, slow-down $slowdown: within $within',
    ({ within, good, ...run }) => {
      const judged = judge(run, within);
      expect(judged.shown / judged.looks).toBeGreaterThan(0.6);
      expect(judged.good).toBeGreaterThanOrEqual(good);
      expect(judged.largest).toBeLessThanOrEqual(2);
      expect(judged.backward).toBeLessThanOrEqual(6);
    },
  );
});

it('after a slow-down the time left is right again', () => {
  const gauge = new TimeLeftGauge();
  const looks = simulateRun({ chunks: 1_000, worthy: 0.95, slots: 50, seed: 1, slowdown: 2 }).map(({ look, left }) => ({
    seconds: gauge.look(look).seconds,
    left,
  }));
  const late = looks.filter(({ seconds, left }) => seconds !== undefined && left > 60 && left < 600);
  expect(late.length).toBeGreaterThan(100);
  const right = late.filter(({ seconds = 0, left }) => Math.abs(seconds - left) <= 0.25 * left);
  expect(right.length / late.length).toBeGreaterThan(0.9);
});

it('says nothing while the run waits, and nothing from too little', () => {
  const gauge = new TimeLeftGauge();
  const times = simulateRun({ chunks: 200, worthy: 0.5, slots: 20, seed: 1, pause: 60 }).map(({ look }) => ({
    isWaiting: look.isWaiting,
    at: look.at,
    seconds: gauge.look(look).seconds,
  }));
  expect(times.filter(({ isWaiting }) => isWaiting).length).toBeGreaterThan(30);
  const early = times.filter(({ isWaiting, at }) => isWaiting || at < 10);
  expect(early.flatMap(({ seconds }) => seconds ?? [])).toEqual([]);
});

import { TimeLeftGauge } from '../../../src/cli/progress/time-left.js';
import { simulateRun, type SimulatedRun } from './simulated-run.js';

/** How good the times left of a simulated run were, over all looks from the first that gave one. */
export function judgeLooks(run: SimulatedRun, within: number) {
  const gauge = new TimeLeftGauge();
  let [looks, shown, good, changes, backward, largest] = [0, 0, 0, 0, 0, 0];
  let before: number | undefined;
  for (const { look, left } of simulateRun(run)) {
    const { seconds, step } = gauge.look(look);
    // While it waits nothing is to be shown.
    if (!look.isWaiting) looks += 1;
    if (seconds === undefined || step === undefined) continue;
    shown += 1;
    // A time of a few seconds is right where it is near, whatever its share.
    if (Math.abs(seconds - left) <= Math.max(within * left, NEAR_S)) good += 1;
    const jump = before === undefined ? 0 : step - before;
    if (jump !== 0) changes += 1;
    if (jump > 0) backward += 1;
    largest = Math.max(largest, Math.abs(jump));
    before = step;
  }
  return { looks, shown, good: shown === 0 ? 0 : good / shown, changes, backward, largest };
}

const NEAR_S = 5;

import type { RehearsalStats } from '../../src/rehearsal/stats.js';
import { until } from '../../test/support/command-line.js';
import { cpuBetween, CpuLog, type CpuTimes } from './cpu.js';
import type { ModelProcess } from './model-process.js';

/** What the model saw while nothing began and nothing came to its end. */
export interface Steady {
  seconds: number;
  /** Calls in flight, on the average over time. */
  inFlight: number;
  /** Calls that got their answer. */
  answeredPerSecond: number;
  /** Processor time, by process. */
  cpuSeconds: CpuTimes;
  /** All of these processes together; near the number of cores, the machine is what limits. */
  coresBusy: number;
}

/**
 * The steady part lies between these shares of a run's answers: before it chunks begin together, and are in step; after
 * it, open chunks run out.
 */
export const FIRST_SHARE = 0.2;
export const LAST_SHARE = 0.8;
const LONGEST_MS = 20 * 60_000;

/** The steady part of a run of so many calls. */
export async function watchSteady(
  model: ModelProcess,
  pids: Readonly<Record<string, number>>,
  calls: number,
): Promise<Steady> {
  const cpu = new CpuLog(pids);
  try {
    const [before, cpuBefore] = await lookAfter(model, FIRST_SHARE * calls, cpu);
    const [after, cpuAfter] = await lookAfter(model, LAST_SHARE * calls, cpu);
    const [load, used] = [loadBetween(before, after), cpuBetween(cpuBefore, cpuAfter)];
    const all = Object.values(used).reduce((sum, seconds) => sum + seconds, 0);
    return { ...load, cpuSeconds: used, coresBusy: all / load.seconds };
  } finally {
    cpu.stop();
  }
}

async function lookAfter(model: ModelProcess, answers: number, cpu: CpuLog): Promise<[RehearsalStats, CpuTimes]> {
  const areThere = async () => (await model.stats()).answered >= answers;
  await until(`${answers.toFixed(0)} calls are answered`, areThere, LONGEST_MS);
  return Promise.all([model.stats(), cpu.look()]);
}

/** From the model's own sums, which miss nothing between two looks. Pure. */
export function loadBetween(before: RehearsalStats, after: RehearsalStats): Omit<Steady, 'cpuSeconds' | 'coresBusy'> {
  const seconds = secondsOf(after) - secondsOf(before);
  return {
    seconds,
    inFlight: (callSeconds(after) - callSeconds(before)) / seconds,
    answeredPerSecond: (after.answered - before.answered) / seconds,
  };
}

/** From the first call to the last end. Pure. */
export function secondsOf({ firstCallAt, lastEndAt }: RehearsalStats): number {
  if (firstCallAt === undefined || lastEndAt === undefined) throw new Error('no call has come to its end');
  return (Date.parse(lastEndAt) - Date.parse(firstCallAt)) / 1_000;
}

function callSeconds(stats: RehearsalStats): number {
  return stats.inFlight.mean * secondsOf(stats);
}

import type { TrialResult } from './trial.js';

export interface Figures {
  conditions: Record<string, string | number>;
  trials: number;
  /** How often each kind of disturbance came. */
  kills: Record<string, number>;
  calls: number;
  answered: number;
  inFlightAtKills: number;
  repeated: number;
  atOnce: number;
  differing: number;
  leftovers: number;
  recoverySeconds: { measured: number; median: number | null; max: number | null };
  violations: string[];
  seconds: number;
}

export function figuresOf(
  results: readonly TrialResult[],
  { conditions, seconds }: Pick<Figures, 'conditions' | 'seconds'>,
): Figures {
  const sum = (of: (result: TrialResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const kills: Record<string, number> = {};
  for (const { kind } of results.flatMap(({ happened }) => happened)) kills[kind] = (kills[kind] ?? 0) + 1;
  return {
    conditions,
    trials: results.length,
    kills,
    calls: sum(({ calls }) => calls),
    answered: sum(({ answered }) => answered),
    inFlightAtKills: sum(({ inFlightAtKills }) => inFlightAtKills),
    repeated: sum(({ repeated }) => repeated),
    atOnce: sum(({ atOnce }) => atOnce),
    differing: sum(({ differing }) => differing),
    leftovers: sum(({ leftovers }) => leftovers),
    recoverySeconds: describeTimes(results.flatMap(measuredSeconds)),
    violations: results.flatMap(({ name, violations }) =>
      violations.map(({ check, facts }) => `${name}: ${check}: ${facts}`),
    ),
    seconds: round(seconds),
  };
}

/** One line for people. */
export function describeTrial({
  name,
  happened,
  repeated,
  inFlightAtKills,
  calls,
  violations,
  ...result
}: TrialResult): string {
  const times = describeTimes(measuredSeconds(result));
  const lines = [
    `${name}: ${happened.map(({ kind, atCalls }) => `${kind} at ${atCalls}`).join(', ')}`,
    `  ${calls} calls, repeated ${repeated} of ${inFlightAtKills} in flight at kills; ` +
      `full speed after ${times.max ?? '-'} s at most (${times.measured} measured); ${round(result.seconds)} s`,
    ...result.ended.map((ended) => `  ended by itself: ${ended}`),
    ...violations.map(({ check, facts }) => `  VIOLATION ${check}: ${facts}`),
    ...(result.kept === undefined ? [] : [`  kept in ${result.kept}`]),
  ];
  return lines.join('\n');
}

function measuredSeconds({ recoveries }: Pick<TrialResult, 'recoveries'>): number[] {
  return recoveries.filter(({ isFull }) => isFull).map(({ seconds }) => seconds);
}

function describeTimes(times: readonly number[]): Figures['recoverySeconds'] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (index: number) => (sorted[index] === undefined ? null : round(sorted[index]));
  return { measured: sorted.length, median: at(Math.floor(sorted.length / 2)), max: at(sorted.length - 1) };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

import type { Aim, Benchmark, Goal, Measured } from './benchmark.js';

/** A figure beside what it should be. */
export interface Reading {
  figure: number;
  unit: string;
  goal: Goal;
  /** `null` where no perfect figure can be said. */
  ideal: number | null;
  met: boolean;
}

/** One line of output. `figure` to `ideal` are the main figure's; `met` says whether all figures meet their goals. */
export interface Report extends Reading {
  name: string;
  others: ({ name: string } & Reading)[];
  conditions: Record<string, unknown>;
  details: Record<string, unknown>;
}

const SHOWN_DIGITS = 4;

/** Throws where a figure is missing or is no number. Pure. */
export function reportOf({ name, aims }: Benchmark, { figures, ideals = {}, conditions, details }: Measured): Report {
  const readings = Object.entries(aims).map(([key, aim]) => ({
    name: key,
    ...readingOf(key, { ...aim, ...(ideals[key] !== undefined && { ideal: ideals[key] }) }, figures[key]),
  }));
  const [main, ...others] = readings;
  if (main === undefined) throw new Error(`${name} has no aims`);
  const met = readings.every((reading) => reading.met);
  return { ...main, name, met, others, conditions, details };
}

function readingOf(key: string, { unit, goal, ideal }: Aim, figure: number | undefined): Reading {
  if (figure === undefined || !Number.isFinite(figure)) throw new Error(`${key} was not measured: ${figure}`);
  return {
    figure: rounded(figure),
    unit,
    goal,
    ideal: ideal === undefined ? null : rounded(ideal),
    met: isMet(figure, goal),
  };
}

function isMet(figure: number, goal: Goal): boolean {
  return 'atMost' in goal ? figure <= goal.atMost : figure >= goal.atLeast;
}

/** Four digits; larger numbers all before the point. */
function rounded(value: number): number {
  return Math.abs(value) >= 10 ** SHOWN_DIGITS ? Math.round(value) : Number(value.toPrecision(SHOWN_DIGITS));
}

/** Without the digits that mean nothing. */
export function lineOf(report: Report): string {
  return JSON.stringify(report, (_key, value: unknown) => (typeof value === 'number' ? rounded(value) : value));
}

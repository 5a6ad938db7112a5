import { formatDuration } from '../format.js';

/** A run as the server lists it. */
export interface ListedRun {
  run: string;
  state: string;
  startTime: Date;
  /** Absent while it is open. */
  closeTime?: Date;
  /** Its output folder, where it said one. */
  output?: string;
  /** Whether that folder is on this machine. */
  isHere: boolean;
}

const HEADS = ['run', 'state', 'started (UTC)', 'took', 'output'];

/** A line for each run below the heads, in columns as wide as what stands in them. */
export function describeRuns(runs: readonly ListedRun[], now: Date = new Date()): string[] {
  const rows = [HEADS, ...runs.map((run) => describeRun(run, now))];
  const widths = HEADS.map((_head, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function describeRun({ run, state, startTime, closeTime, output, isHere }: ListedRun, now: Date): string[] {
  const started = startTime.toISOString().slice(0, 16).replace('T', ' ');
  const took = formatDuration((closeTime ?? now).getTime() - startTime.getTime());
  const folder = output === undefined ? '' : `${output}${isHere ? '' : ' (not there any more, or on another machine)'}`;
  return [run, state, started, took, folder];
}

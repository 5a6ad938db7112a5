import { readFile } from 'node:fs/promises';

/** In `/proc`, for programs on every processor that Linux runs on. */
const TICKS_PER_SECOND = 100;
/** Fields of `/proc/<pid>/stat` after the name in brackets: time in the program, and in the system for it. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
const SAMPLE_MS = 500;

/** Processor time that a process has used so far, in seconds; nothing where the system does not tell. */
async function cpuSeconds(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat === undefined ? undefined : readCpuSeconds(stat);
}

/** Pure. */
export function readCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
}

/** Seconds by name of the process. */
export type CpuTimes = Record<string, number>;

/** Looks at processes all the time, since one that has ended cannot be asked any more. */
export class CpuLog {
  #times: CpuTimes = {};
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly pids: Readonly<Record<string, number>>) {
    this.#timer = setInterval(() => void this.look(), SAMPLE_MS);
  }

  /** What each has used since it began. */
  async look(): Promise<CpuTimes> {
    for (const [name, pid] of Object.entries(this.pids)) {
      const seconds = await cpuSeconds(pid);
      if (seconds !== undefined) this.#times[name] = seconds;
    }
    return { ...this.#times };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** What was used between two looks. Pure. */
export function cpuBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, Number((seconds - (before[name] ?? 0)).toFixed(2))]),
  );
}

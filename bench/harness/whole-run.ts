import type { RehearsalStats } from '../../src/rehearsal/stats.js';
import { CpuLog, type CpuTimes } from './cpu.js';
import { MemoryLog } from './memory.js';
import { requireSuccess, type Site } from './site.js';

export interface WholeRun {
  stats: RehearsalStats;
  /** From the start of the command to its end. */
  seconds: number;
  /** Processor time, by process, from when each began. */
  cpuSeconds: CpuTimes;
  /** The most memory that the command's process held, in MB. */
  peakMemoryMb: number;
}

/** `augmentoolkit run` to its end. Throws where it fails, where a call was repeated, or where there were not `calls` of them. */
export async function wholeRun(site: Site, calls?: number): Promise<WholeRun> {
  const startedAt = performance.now();
  const run = site.spawn('run');
  const memory = new MemoryLog(run.pid ?? 0);
  const cpu = new CpuLog({ server: site.serverPid, model: site.model.pid, run: run.pid ?? 0 });
  try {
    await requireSuccess('run', run);
    const seconds = (performance.now() - startedAt) / 1_000;
    const stats = await site.model.stats();
    requireOnce(stats);
    if (calls !== undefined && stats.calls !== calls) throw new Error(`${stats.calls} calls came, not ${calls}`);
    return { stats, seconds, cpuSeconds: await cpu.look(), peakMemoryMb: memory.peakMb };
  } finally {
    cpu.stop();
    memory.stop();
  }
}

/** Throws where a call came twice. */
export function requireOnce({ repeats }: RehearsalStats): void {
  if (repeats.count + repeats.afterAbandoned === 0) return;
  throw new Error(`${repeats.count} calls were repeated: ${repeats.examples.join(', ')}`);
}

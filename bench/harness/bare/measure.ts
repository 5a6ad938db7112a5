import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { finish } from '../../../test/support/command-line.js';
import type { Open } from '../benchmark.js';
import { type CpuTimes, CpuLog } from '../cpu.js';
import { requireSuccess } from '../site.js';
import { FIRST_SHARE, LAST_SHARE } from '../steady.js';

export interface BareWork {
  chunks: number;
  slots: number;
  latencyMs: number;
  /** One in so many chunks has all its calls, the others only the first. */
  worthyOneIn: number;
}

export interface Bare {
  /** From the start of the run to the end of its last call. */
  chunksPerSecond: number;
  /** On the part that is the steady one of a run. */
  callsPerSecond: number;
  calls: number;
  /** From when each process began. */
  cpuSeconds: CpuTimes;
}

const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url));
const told = z.object({ startedAt: z.number(), endedAt: z.array(z.number()) });
const MS_PER_SECOND = 1_000;

/**
 * What server and SDK alone get through on this machine: workflows of the same shape on a server of their own, with the
 * same settings, whose calls wait and whose records are not written. No program of this shape can do more here.
 */
export async function measureBare(open: Open, work: BareWork): Promise<Bare> {
  const bench = await open();
  await requireSuccess('server', bench.spawn('server', ['start']));
  const { pid: server = 0 } = await bench.server();
  const child = bench.spawnNode(['--import', 'tsx', PROCESS, bench.temporalAddress, JSON.stringify(work)]);
  const cpu = new CpuLog({ server, worker: child.pid ?? 0 });
  try {
    const { code, stdout, stderr } = await finish(child);
    if (code !== 0) throw new Error(`the bare run failed: ${stderr}`);
    const { startedAt, endedAt } = told.parse(JSON.parse(stdout));
    return { ...ratesOf(work.chunks, startedAt, endedAt), calls: endedAt.length, cpuSeconds: await cpu.look() };
  } finally {
    cpu.stop();
    await bench.close();
  }
}

/** From the times of the calls' ends, in ms, in their order. Pure. */
export function ratesOf(
  chunks: number,
  startedAt: number,
  endedAt: readonly number[],
): Pick<Bare, 'chunksPerSecond' | 'callsPerSecond'> {
  const [first, last] = [FIRST_SHARE, LAST_SHARE].map((share) => Math.floor(share * (endedAt.length - 1)));
  const [begin, end, lastEnd] = [endedAt[first ?? 0], endedAt[last ?? 0], endedAt.at(-1)];
  if (begin === undefined || end === undefined || lastEnd === undefined) throw new Error('the bare run made no call');
  return {
    chunksPerSecond: (chunks * MS_PER_SECOND) / (lastEnd - startedAt),
    callsPerSecond: (((last ?? 0) - (first ?? 0)) * MS_PER_SECOND) / (end - begin),
  };
}

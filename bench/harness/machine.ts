import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';

const GIGABYTE = 1e9;
const buildFile = z.object({ version: z.string(), program: z.string() });

/** What the figures depend on beside the benchmark's own sizes; read when a benchmark begins. */
export async function machineConditions(): Promise<Record<string, unknown>> {
  const { version, program } = buildFile.parse(JSON.parse(await readFile(resolve('dist/build.json'), 'utf8')));
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / GIGABYTE),
    system: platform(),
    node: process.version,
    // Others' work on this machine makes everything slower.
    loadAtStart: Number((loadavg()[0] ?? 0).toFixed(2)),
    program: `${version} ${program}`,
  };
}

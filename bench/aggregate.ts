import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DATASET_FILES } from '../src/outputs/dataset.js';
import { finish } from '../test/support/command-line.js';
import type { Benchmark, Size } from './harness/benchmark.js';
import { fabricateRun } from './harness/fabricate-run.js';
import { makeTemplates } from './harness/make-templates.js';

/** Of 3 conversations each. */
const CHUNKS: Record<Size, number> = { full: 100_000, small: 60 };
const MEGABYTE = 1_000_000;
const PROCESS = fileURLToPath(new URL('harness/write-dataset-process.ts', import.meta.url));

const report = z.object({ rows: z.int(), seconds: z.number(), peakMemoryMb: z.number(), longestTurnMs: z.number() });

export const aggregate: Benchmark = {
  name: 'aggregate',
  measures: 'How fast the activity that writes the dataset writes it, in a process of its own, and how much it holds.',
  aims: {
    megabytesPerSecond: { unit: 'MB/s', goal: { atLeast: 60 } },
    memory: { unit: 'MB', goal: { atMost: 300 } },
    longestTurn: { unit: 'ms without a heartbeat', goal: { atMost: 2_000 } },
  },
  async run(size, open) {
    const templates = await makeTemplates(open);
    const bench = await open();
    const output = bench.output('finished');
    const plan = fabricateRun(output, CHUNKS[size], templates);
    const child = bench.spawnNode(['--import', 'tsx', PROCESS, output, plan.fingerprint, String(plan.batches)]);
    const { code, stdout, stderr } = await finish(child);
    if (code !== 0) throw new Error(`the dataset was not written: ${stderr}`);
    const { rows, seconds, peakMemoryMb, longestTurnMs } = report.parse(JSON.parse(stdout));
    const megabytes = (await bytesOf(output)) / MEGABYTE;
    return {
      figures: { megabytesPerSecond: megabytes / seconds, memory: peakMemoryMb, longestTurn: longestTurnMs },
      conditions: { chunks: CHUNKS[size], rows, by: 'the activity in a process of its own', from: 'a warm disk cache' },
      details: { seconds, megabytes, chunksPerSecond: CHUNKS[size] / seconds },
    };
  },
};

async function bytesOf(output: string): Promise<number> {
  const files = await Promise.all(Object.values(DATASET_FILES).map((path) => stat(join(output, path))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

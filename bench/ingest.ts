import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../test/support/command-line.js';
import type { Benchmark, Size } from './harness/benchmark.js';
import { LongestSilence } from './harness/longest-silence.js';
import { MemoryLog } from './harness/memory.js';
import { Site, type Work } from './harness/site.js';

/** 66,000 chunks of nearly 400 tokens are 100 MB. Nothing is to be done with them. */
const WORK: Record<Size, Work> = {
  full: { chunks: 66_000, slots: 50, latencyMs: 60_000 },
  small: { chunks: 60, slots: 10, latencyMs: 1_000 },
};
/** In the size that people have: books, not one file, and not thousands. */
const CHUNKS_OF_A_DOCUMENT = 6_600;
const LONGEST_MS = 20 * 60_000;
const MEGABYTE = 1_000_000;

export const ingest: Benchmark = {
  name: 'ingest',
  measures: 'How fast `run` gets from texts to its first call: read, stored, cut into chunks, listed in the manifest.',
  aims: {
    megabytesPerSecond: { unit: 'MB/s', goal: { atLeast: 3 } },
    memory: { unit: 'MB', goal: { atMost: 500 } },
    silence: { unit: 's between heartbeats', goal: { atMost: 10 }, ideal: 5 },
  },
  async run(size, open) {
    const site = await Site.open(await open(), { ...WORK[size], chunksOfADocument: CHUNKS_OF_A_DOCUMENT });
    const megabytes = (await bytesIn(join(site.bench.folder, 'texts'))) / MEGABYTE;
    const startedAt = performance.now();
    const run = site.spawn('run');
    const memory = new MemoryLog(run.pid ?? 0);
    const silence = new LongestSilence(site);
    try {
      const isThere = async () => (await site.model.stats()).calls > 0;
      await until('the first call comes', isThere, LONGEST_MS);
      const seconds = (performance.now() - startedAt) / 1_000;
      return {
        figures: { megabytesPerSecond: megabytes / seconds, memory: memory.peakMb, silence: await silence.seconds() },
        conditions: { ...site.conditions, megabytes },
        details: { seconds },
      };
    } finally {
      memory.stop();
      silence.stop();
      run.kill('SIGKILL');
    }
  },
};

async function bytesIn(folder: string): Promise<number> {
  const files = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

import type { Aim, Benchmark } from './benchmark.js';
import { secondsOf } from './steady.js';
import { CALLS_PER_CHUNK, Site, type Work } from './site.js';
import { wholeRun } from './whole-run.js';

/** How long calls of this latency take at least, in seconds: no slot is ever free. Pure. */
export function idealSeconds(calls: number, { latencyMs, slots }: Pick<Work, 'latencyMs' | 'slots'>): number {
  return (calls * latencyMs) / slots / 1_000;
}

/** How much longer a whole run takes than its calls, were every slot always busy. */
export function makespanBenchmark(
  { name, measures, atMost }: Pick<Benchmark, 'name' | 'measures'> & { atMost: number },
  work: Record<'full' | 'small', Work>,
): Benchmark {
  const ratio: Aim = { unit: 'times the ideal', goal: { atMost }, ideal: 1 };
  return {
    name,
    measures,
    aims: { ratio },
    async run(size, open) {
      const site = await Site.open(await open(), work[size]);
      const { chunks, profile = 'agreeable' } = site.work;
      const run = await wholeRun(site, profile === 'agreeable' ? chunks * CALLS_PER_CHUNK : undefined);
      const { calls, inFlight } = run.stats;
      const [seconds, ideal] = [secondsOf(run.stats), idealSeconds(calls, site.work)];
      return {
        figures: { ratio: seconds / ideal },
        conditions: site.conditions,
        details: {
          calls,
          idealSeconds: ideal,
          seconds,
          commandSeconds: run.seconds,
          withStartAndEnd: run.seconds / ideal,
          inFlight,
          cpuSeconds: run.cpuSeconds,
        },
      };
    },
  };
}

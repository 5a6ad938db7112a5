import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../test/support/command-line.js';
import type { Benchmark, Size } from './harness/benchmark.js';
import { countOpenChunks } from './harness/histories.js';
import { Site, type Work } from './harness/site.js';
import { loadBetween } from './harness/steady.js';

/** So many slots that 500 chunks are open, and calls so long that the machine has time for all of them. */
const WORK: Record<Size, Work> = {
  full: { chunks: 700, slots: 250, latencyMs: 2_000 },
  small: { chunks: 20, slots: 10, latencyMs: 200 },
};
const BEFORE_MS = { full: { warmUp: 30_000, watched: 10_000 }, small: { warmUp: 1_000, watched: 1_000 } };
/** Of the calls in flight before: so many are full speed. */
const FULL = 0.95;
const LONGEST_MS = 180_000;

export const restart: Benchmark = {
  name: 'restart',
  measures:
    'How long after the only worker was killed, and started again at once, as many calls are in flight as before.',
  aims: { untilFull: { unit: 's', goal: { atMost: 30 }, ideal: 0 } },
  async run(size, open) {
    const site = await Site.open(await open(), WORK[size]);
    await site.start();
    const worker = site.spawn('worker');
    const gone = once(worker, 'exit');
    const before = await loadBefore(site, size);
    const openChunks = await countOpenChunks(site.bench.temporalAddress);
    worker.kill('SIGKILL');
    await gone;
    const killedAt = performance.now();
    site.spawn('worker');
    // Until then it takes the calls of the killed worker for such as are in flight.
    await until('the model finds nobody waiting for its answers', async () => (await inFlight(site)) === 0);
    const untilFirstCall = await secondsUntil(site, 1, killedAt);
    const untilFull = await secondsUntil(site, FULL * before, killedAt);
    const { abandoned, repeats } = await site.model.stats();
    if (repeats.count > 0) throw new Error(`paid twice: ${repeats.examples.join(', ')}`);
    return {
      figures: { untilFull },
      conditions: { ...site.conditions, openChunks, fullShare: FULL },
      details: { inFlightBefore: before, untilFirstCall, abandoned },
    };
  },
};

async function loadBefore({ model }: Site, size: Size): Promise<number> {
  await until('the first call comes', async () => (await model.stats()).calls > 0);
  await sleep(BEFORE_MS[size].warmUp);
  const earlier = await model.stats();
  await sleep(BEFORE_MS[size].watched);
  return loadBetween(earlier, await model.stats()).inFlight;
}

async function secondsUntil(site: Site, calls: number, since: number): Promise<number> {
  await until(`${calls.toFixed(0)} calls are in flight again`, async () => (await inFlight(site)) >= calls, LONGEST_MS);
  return (performance.now() - since) / 1_000;
}

async function inFlight({ model }: Site): Promise<number> {
  return (await model.stats()).inFlight.now;
}

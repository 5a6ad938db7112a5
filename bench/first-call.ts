import { once } from 'node:events';
import { until, type Workbench } from '../test/support/command-line.js';
import type { Benchmark } from './harness/benchmark.js';
import { requireSuccess, Site } from './harness/site.js';

const WORK = { chunks: 10, slots: 50, latencyMs: 1_000 };
const TIMES = { full: 7, small: 1 };

export const firstCall: Benchmark = {
  name: 'first-call',
  measures:
    'How long `run` takes, with the server up, until its first call reaches the model; and how long `--help` takes.',
  aims: {
    run: { unit: 's', goal: { atMost: 3 } },
    help: { unit: 's for --help', goal: { atMost: 0.3 } },
  },
  async run(size, open) {
    const site = await Site.open(await open(), WORK);
    const runs: number[] = [];
    const helps: number[] = [];
    for (let time = 1; time <= TIMES[size]; time += 1) {
      runs.push(await untilFirstCall(await site.another(`run-${time}`)));
      helps.push(await helpSeconds(site.bench));
    }
    return {
      figures: { run: median(runs), help: median(helps) },
      conditions: { ...site.conditions, times: TIMES[size] },
      details: { runSeconds: runs, helpSeconds: helps },
    };
  },
};

async function untilFirstCall(site: Site): Promise<number> {
  const startedAt = Date.now();
  const run = site.spawn('run');
  const gone = once(run, 'exit');
  await until('the first call comes', async () => (await site.model.stats()).firstCallAt !== undefined);
  const { firstCallAt = '' } = await site.model.stats();
  run.kill('SIGKILL');
  await gone;
  return (Date.parse(firstCallAt) - startedAt) / 1_000;
}

async function helpSeconds(bench: Workbench): Promise<number> {
  const startedAt = performance.now();
  await requireSuccess('--help', bench.spawn('--help'));
  return (performance.now() - startedAt) / 1_000;
}

/** Of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

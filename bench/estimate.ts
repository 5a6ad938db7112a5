import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prices } from '../src/config/schema.js';
import type { Estimate } from '../src/estimate/estimate-data.js';
import { priceCalls } from '../src/llm/pricing.js';
import type { RunSummary } from '../src/outputs/run-summary.js';
import type { ModelTotals } from '../src/records.js';
import { finish } from '../test/support/command-line.js';
import type { Benchmark, Size } from './harness/benchmark.js';
import { requireSuccess, Site, type Work } from './harness/site.js';

const WORK: Record<Size, Work & { seeds: number; sample: number }> = {
  full: { chunks: 60, slots: 100, latencyMs: 50, profile: 'mixed', seeds: 20, sample: 10 },
  small: { chunks: 4, slots: 20, latencyMs: 10, profile: 'mixed', seeds: 1, sample: 2 },
};

/** Of money a million tokens, as a small and a large model of a provider differ. */
const PRICES: Prices = {
  'rehearsal-small': { INPUT: 0.2, CACHED_INPUT: 0.05, OUTPUT: 0.8 },
  'rehearsal-large': { INPUT: 2, CACHED_INPUT: 0.5, OUTPUT: 8 },
};
const NEAR = 0.15;

interface Trial {
  seed: number;
  /** What was estimated, as a part of what it was. */
  tokens: number;
  money: number;
  /** The truth lay in the range of tokens. */
  held: boolean;
}

export const estimate: Benchmark = {
  name: 'estimate',
  measures: 'How often an estimate from a sample of 10 chunks is within 15 % of what a mixed run of 60 then takes.',
  aims: {
    tokens: { unit: 'of the seeds within 15 % in tokens', goal: { atLeast: 0.8 }, ideal: 1 },
    money: { unit: 'of the seeds within 15 % in money', goal: { atLeast: 0.8 }, ideal: 1 },
    held: { unit: 'of the seeds within the range given', goal: { atLeast: 0.7 }, ideal: 0.8 },
  },
  async run(size, open) {
    const { seeds, sample, ...work } = WORK[size];
    const first = await Site.open(await open(), work);
    const trials: Trial[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      const settings = [`SYSTEM.SEED=${seed}`, 'API.LARGE_LOGICAL_MODEL=rehearsal-large'];
      const site = await first.another(`seed-${seed}`, { more: ['--seed', String(seed)], settings });
      trials.push(await measure(site, seed, sample));
      await site.model.kill();
    }
    const share = (isSo: (trial: Trial) => boolean) => trials.filter(isSo).length / trials.length;
    return {
      figures: {
        tokens: share(({ tokens }) => Math.abs(tokens - 1) <= NEAR),
        money: share(({ money }) => Math.abs(money - 1) <= NEAR),
        held: share(({ held }) => held),
      },
      conditions: { ...first.conditions, seeds, sample },
      details: { trials },
    };
  },
};

async function measure(site: Site, seed: number, sample: number): Promise<Trial> {
  const { code, stdout, stderr } = await finish(site.spawn('estimate', ['--sample', String(sample), '--json']));
  if (code !== 0) throw new Error(`\`estimate\` ended with code ${code}: ${stderr.slice(-500)}`);
  const estimated = JSON.parse(stdout) as Estimate;
  await requireSuccess('run', site.spawn('run'));
  const summary = JSON.parse(await readFile(join(site.output, 'run.json'), 'utf8')) as RunSummary;
  const { prompt, completion } = summary.tokens;
  const tokens = prompt + completion;
  return {
    seed,
    tokens: estimated.tokens.likely / tokens,
    money: moneyOf(totalsOf(estimated)) / moneyOf(summary.paid.models),
    held: estimated.tokens.low <= tokens && tokens <= estimated.tokens.high,
  };
}

function totalsOf({ models }: Estimate): ModelTotals {
  return Object.fromEntries(
    models.map(({ name, calls, prompt, cached, completion }) => [name, { calls, prompt, cached, completion }]),
  );
}

function moneyOf(models: ModelTotals): number {
  return priceCalls(models, PRICES).cost ?? 0;
}

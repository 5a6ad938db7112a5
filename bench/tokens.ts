import type { Benchmark, Size } from './harness/benchmark.js';
import { CALLS_PER_CHUNK, Site, type Work } from './harness/site.js';
import { wholeRun } from './harness/whole-run.js';

const WORK: Record<Size, Work> = {
  full: { chunks: 100, slots: 50, latencyMs: 500 },
  small: { chunks: 3, slots: 10, latencyMs: 50 },
};

export const tokens: Benchmark = {
  name: 'tokens',
  measures:
    'Input tokens of a chunk of 400 tokens: conversations with an assistant, 4 questions, 3 votes, our prompts.',
  aims: {
    all: { unit: 'input tokens a chunk', goal: { atMost: 40_000 } },
    new: { unit: 'input tokens a chunk outside a prefix already answered', goal: { atMost: 7_000 } },
  },
  async run(size, open) {
    const site = await Site.open(await open(), WORK[size]);
    const { chunks } = site.work;
    const { stats } = await wholeRun(site, chunks * CALLS_PER_CHUNK);
    const { input, cached, output } = stats.tokens;
    return {
      figures: { all: input / chunks, new: (input - cached) / chunks },
      conditions: site.conditions,
      details: { calls: stats.calls, callsByStep: stats.callsByStep, outputTokensPerChunk: output / chunks },
    };
  },
};

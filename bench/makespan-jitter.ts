import { makespanBenchmark } from './harness/makespan.js';

export const makespanJitter = makespanBenchmark(
  {
    name: 'makespan-jitter',
    measures: 'The same where answers take between half and one and a half times as long.',
    atMost: 1.08,
  },
  {
    full: { chunks: 45, slots: 50, latencyMs: 1_000, jitterMs: 500 },
    small: { chunks: 3, slots: 10, latencyMs: 50, jitterMs: 25 },
  },
);

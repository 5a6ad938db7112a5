import { makespanBenchmark } from './harness/makespan.js';

export const makespanMixed = makespanBenchmark(
  {
    name: 'makespan-mixed',
    measures: 'The same with a model that says no and errs, so that chunks take different ways; by the calls it took.',
    atMost: 1.06,
  },
  {
    full: { chunks: 200, slots: 50, latencyMs: 1_000, profile: 'mixed' },
    small: { chunks: 3, slots: 10, latencyMs: 50, profile: 'mixed' },
  },
);

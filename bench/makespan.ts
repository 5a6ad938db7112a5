import { makespanBenchmark } from './harness/makespan.js';

export const makespan = makespanBenchmark(
  {
    name: 'makespan',
    measures: 'How long a run takes from its first call to its last, against calls x latency / slots.',
    atMost: 1.06,
  },
  { full: { chunks: 45, slots: 50, latencyMs: 1_000 }, small: { chunks: 3, slots: 10, latencyMs: 50 } },
);

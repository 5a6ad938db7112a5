import type { Rehearsal } from '../../src/rehearsal/server.js';

/** The calls that a model answered while something was done: `<chunk>/<call id>`, sorted, each as often as it was asked. */
export async function askedDuring(model: Rehearsal, work: () => Promise<unknown>): Promise<string[]> {
  const before = model.calls();
  await work();
  return Object.entries(model.calls())
    .flatMap(([call, { answered }]) => Array.from({ length: answered - (before[call]?.answered ?? 0) }, () => call))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

import type { Rehearsal } from '../../src/rehearsal/server.js';

/** The calls that a model answered while something was done: `<chunk>/<call id>`, sorted, each as often as it was asked. */
export async function askedDuring(model: Rehearsal, work: () => Promise<unknown>): Promise<string[]> {
  const before = await readAnswered(model);
  await work();
  const after = await readAnswered(model);
  return Object.entries(after)
    .flatMap(([call, count]) => Array.from({ length: count - (before[call] ?? 0) }, () => call))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

async function readAnswered({ url }: Rehearsal): Promise<Record<string, number>> {
  const response = await fetch(new URL('/stats/calls', url));
  return (await response.json()) as Record<string, number>;
}

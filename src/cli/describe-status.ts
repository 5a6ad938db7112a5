import { STAGES } from '../records.js';
import type { CallTotals, Funnel } from '../records.js';
import type { RunStatus } from './run-status.js';

/** Texts for people about a run's state. Pure. */

/** Calls in flight over all workers and queues, and how many there may be. */
export function countCalls({ workers }: RunStatus): { inFlight: number; limit: number; answered: number } {
  const sum = { inFlight: 0, limit: 0, answered: 0 };
  for (const limiter of workers.flatMap((worker) => Object.values(worker.limiters))) {
    sum.inFlight += limiter.inFlight;
    sum.limit += limiter.limit;
    sum.answered += limiter.answered;
  }
  return sum;
}

/** `processing: 12 of 45 chunks done, 33 open; 96 conversations; 48 of 50 calls in flight; 1,204 calls answered` */
export function progressLine(status: RunStatus): string {
  const { stage = 'starting', chunks, funnel, openChunks } = status;
  if (status.state !== 'running') return `The run is ${status.state}.`;
  if (chunks === 0) return `${stage}...`;
  const calls = countCalls(status);
  const parts = [
    `${stage}: ${funnel.chunks.in} of ${chunks} chunks done, ${openChunks} open`,
    `${funnel.conversations.accepted} conversations`,
    `${calls.inFlight} of ${calls.limit} calls in flight`,
    `${formatCount(calls.answered)} calls answered`,
  ];
  return parts.join('; ');
}

export function attentionLines({ attention, paused }: RunStatus): string[] {
  return paused ? ['The run is paused: `npx augmentoolkit resume` lets it go on', ...attention] : attention;
}

/** What came in at each stage, and what became of it. */
export function funnelTable(funnel: Funnel): string[] {
  const heads = ['', 'in', 'accepted', 'rejected', 'failed', 'not run'];
  const rows = STAGES.map((stage) => {
    const { in: all, accepted, rejected, failed, notRun } = funnel[stage];
    return [stage, ...[all, accepted, rejected, failed, notRun].map(formatCount)];
  });
  return [heads, ...rows].map(
    ([name = '', ...numbers]) => name.padEnd(14) + numbers.map((text) => text.padStart(10)).join(''),
  );
}

export function tokensLine({ calls, prompt, cached, completion }: CallTotals): string {
  const fromCache = cached > 0 ? ` (${formatCount(cached)} from the provider's cache)` : '';
  return `${formatCount(calls)} model calls, ${formatCount(prompt)} tokens in${fromCache}, ${formatCount(completion)} out`;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

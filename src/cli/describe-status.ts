import { STAGES } from '../records.js';
import { formatMoney } from '../llm/pricing.js';
import type { CallTotals, Funnel, Paid } from '../records.js';
import type { LimiterState } from '../limiter-state.js';
import { describeRetries } from './describe-failures.js';
import { describeSlowdown } from './describe-limiter.js';
import { formatCount } from '../format.js';
import type { Spent } from './read-paid.js';
import type { RunStatus } from './run-status.js';

/** Texts for people about a run's state. Pure. */

/** Calls in flight over all workers and queues, and how many there may be. */
export function countCalls(status: RunStatus): { inFlight: number; limit: number; answered: number } {
  const sum = { inFlight: 0, limit: 0, answered: 0 };
  for (const limiter of limitersOf(status)) {
    sum.inFlight += limiter.inFlight;
    sum.limit += limiter.limit;
    sum.answered += limiter.answered;
  }
  return sum;
}

/** Of all workers and queues. */
export function limitersOf({ workers }: RunStatus): LimiterState[] {
  return workers.flatMap(({ limiters }) => Object.values(limiters));
}

/** `processing: 12 of 45 chunks done, 33 open; 96 conversations; 48 of 50 calls in flight; 1,204 calls answered; 1,204,000 tokens paid; 3.20 of 5.00 spent` */
export function progressLine(status: RunStatus): string {
  const { stage = 'starting', chunks, funnel, openChunks, spent } = status;
  if (status.state !== 'running') return `The run is ${status.state}.`;
  if (chunks === 0) return `${stage}...`;
  const calls = countCalls(status);
  const retries = describeRetries(limitersOf(status));
  const parts = [
    `${stage}: ${funnel.chunks.in} of ${chunks} chunks done, ${openChunks} open`,
    `${funnel.conversations.accepted} conversations`,
    `${calls.inFlight} of ${calls.limit} calls in flight`,
    `${formatCount(calls.answered)} calls answered`,
    ...(spent === undefined ? [] : spentParts(spent)),
    ...describeSlowdown(limitersOf(status)),
    ...(retries === '' ? [] : [`retried ${retries}`]),
  ];
  return parts.join('; ');
}

/** `1,204,000 tokens paid; 3.20 of 5.00 spent`. Nothing before the first answer; no money without prices. */
export function spentParts({ paid, maxCost }: Spent): string[] {
  const models = Object.values(paid.models);
  if (models.length === 0) return [];
  const tokens = models.reduce((sum, { prompt, completion }) => sum + prompt + completion, 0);
  return [
    `${formatCount(tokens)} tokens paid`,
    ...(paid.cost === undefined ? [] : [`${formatMoney(paid.cost)}${limitText(maxCost)} spent`]),
  ];
}

function limitText(maxCost: number): string {
  return maxCost === 0 ? '' : ` of ${formatMoney(maxCost)}`;
}

/** All that was paid, model by model. */
export function paidLines({ models, cost }: Paid, maxCost = 0): string[] {
  const entries = Object.entries(models);
  if (entries.length === 0) return [];
  const sum = cost === undefined ? '' : `: ${formatMoney(cost)}${limitText(maxCost)}`;
  return [
    `Paid in this folder so far${sum}`,
    ...entries.map(([model, { cost: own, ...totals }]) => {
      const money = own === undefined ? 'no price in PRICES' : formatMoney(own);
      return `  ${model}: ${tokensLine(totals)}: ${money}`;
    }),
  ];
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

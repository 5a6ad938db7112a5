import { counted, formatCount, formatSeconds } from '../format.js';
import { formatMoney } from '../llm/pricing.js';
import { indent } from '../wrap-text.js';
import type { PricedCall, PricedTotals } from './chunk-story.js';

/** Calls as lines of text. Pure. */

/** `[q2.v1.accuracy.1: rehearsal-small, 1.2 s, 812 tokens in (640 cached), 45 out, 0.0012]` */
export function callLine({ call, request, latencyMs, usage, cost }: PricedCall): string {
  const cached = usage.cached > 0 ? ` (${formatCount(usage.cached)} cached)` : '';
  const parts = [
    request.model,
    formatSeconds(latencyMs),
    `${formatCount(usage.prompt)} tokens in${cached}`,
    `${formatCount(usage.completion)} out`,
    ...(cost === undefined ? [] : [formatMoney(cost)]),
  ];
  return `[${call.id}: ${parts.join(', ')}]`;
}

export function totalsLine({ calls, prompt, cached, completion, cost }: PricedTotals): string {
  const fromCache = cached > 0 ? ` (${formatCount(cached)} cached)` : '';
  const money = cost === undefined ? '' : `, ${formatMoney(cost)}`;
  return `${counted(calls, 'call')}, ${formatCount(prompt)} tokens in${fromCache}, ${formatCount(completion)} out${money}`;
}

/** All that was sent and answered, word for word. */
export function wholeCall({
  call,
  at,
  request,
  requestHash,
  reply,
  refused,
  unusable,
  finishReason,
}: PricedCall): string[] {
  const sampling = Object.entries(request.sampling).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [
    `${call.id}  ${call.step}  ${at}`,
    ...indent([`${sampling.join(', ')}; ended by ${finishReason}; ${requestHash}`]),
    ...request.messages.flatMap(({ role, content }) => [...indent([`${role}:`]), ...indent(content.split('\n'), 4)]),
    ...(refused === undefined
      ? [...indent(['reply:']), ...indent((reply ?? '').split('\n'), 4)]
      : indent([`refused: ${refused}`])),
    ...(unusable === undefined ? [] : indent([`could not be used: ${unusable}`])),
    '',
  ];
}

import type { Draw } from './draw.js';

/** What can go wrong between a client and a provider; drawn anew for each delivery. */
export const TRANSPORT_FAULTS = ['429', '500', '502', '503', 'hang', 'reset', 'html', 'empty'] as const;
export type TransportFault = (typeof TRANSPORT_FAULTS)[number];

/** What can be wrong with the answer itself; drawn by call id, so that a call sent again gets the same. */
export const ANSWER_FAULTS = ['garbage', 'truncate'] as const;
export type AnswerFault = (typeof ANSWER_FAULTS)[number];

export type FaultKind = TransportFault | AnswerFault;

/** For each fault the share of calls that meet it, from 0 to 1. */
export type FaultRates = Partial<Record<FaultKind, number>>;

export function drawTransportFault(rates: FaultRates, draw: Draw): TransportFault | undefined {
  return drawFault(TRANSPORT_FAULTS, rates, draw('transport fault'));
}

export function drawAnswerFault(rates: FaultRates, draw: Draw): AnswerFault | undefined {
  return drawFault(ANSWER_FAULTS, rates, draw('answer fault'));
}

function drawFault<Kind extends FaultKind>(kinds: readonly Kind[], rates: FaultRates, drawn: number): Kind | undefined {
  let upTo = 0;
  return kinds.find((kind) => {
    upTo += rates[kind] ?? 0;
    return drawn < upTo;
  });
}

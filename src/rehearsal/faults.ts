import type { Draw } from './draw.js';

/**
 * What can go wrong between a client and a provider; drawn anew for each delivery. `bare429` does not say how long to
 * wait, `504` is a page of a network in front of the provider, `mistyped` a whole completion that calls itself a page.
 */
export const TRANSPORT_FAULTS = [
  '429',
  'bare429',
  '500',
  '502',
  '503',
  '504',
  'hang',
  'reset',
  'html',
  'empty',
  'mistyped',
] as const;
export type TransportFault = (typeof TRANSPORT_FAULTS)[number];

/** Those that come with an answer in them. */
export type AnsweredFault = Extract<TransportFault, 'empty' | 'mistyped'>;

/**
 * What can be wrong with the answer itself; drawn by call id, so that a call sent again gets the same. `long` goes on
 * far beyond its max_tokens.
 */
export const ANSWER_FAULTS = ['garbage', 'truncate', 'long'] as const;
export type AnswerFault = (typeof ANSWER_FAULTS)[number];

export const FAULT_KINDS = [...TRANSPORT_FAULTS, ...ANSWER_FAULTS] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

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

import { UserError } from '../user-error.js';

import { ANSWER_FAULTS, FAULT_KINDS, TRANSPORT_FAULTS } from './faults.js';
import type { FaultKind, FaultRates } from './faults.js';
import type { MinuteLimits } from './limits.js';
import type { ProfileName } from './profiles.js';

export interface RehearsalOptions extends MinuteLimits {
  /** 0 = any free one. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Milliseconds from a request to its answer. */
  latencyMs: number;
  /** Each answer comes up to this many milliseconds sooner or later. */
  jitterMs: number;
  profile: ProfileName;
  /** Share of paragraphs that it judges unsuitable; absent = as the profile has it. */
  judgeNo?: number;
  faults: FaultRates;
  seed: number;
}

/** A faults option that cannot be meant; the message says what to write instead. */
export class FaultsOptionError extends UserError {
  override readonly name = 'FaultsOptionError';
}

/**
 * Reads `429:0.1,500:0.05,garbage:0.02`: a fault and its rate (0 to 1), with commas between. Empty = no faults.
 * Throws FaultsOptionError.
 */
export function parseFaults(option: string): FaultRates {
  const rates: FaultRates = {};
  for (const item of option.split(',').map((part) => part.trim())) {
    if (item === '') continue;
    const { kind, rate } = parseFault(item);
    if (rates[kind] !== undefined) throw new FaultsOptionError(`--faults: ${kind} stands there twice; give it once.`);
    rates[kind] = rate;
  }
  refuseMoreThanAll(TRANSPORT_FAULTS, rates);
  refuseMoreThanAll(ANSWER_FAULTS, rates);
  return rates;
}

function parseFault(item: string): { kind: FaultKind; rate: number } {
  const [name = '', value, ...rest] = item.split(':').map((part) => part.trim());
  const kind = FAULT_KINDS.find((known) => known === name);
  if (kind === undefined) {
    throw new FaultsOptionError(`--faults: there is no fault "${name}". Known are ${FAULT_KINDS.join(', ')}.`);
  }
  if (value === undefined || value === '' || rest.length > 0) {
    throw new FaultsOptionError(`--faults: "${item}" has no rate; write ${kind}:0.1 for one call in ten.`);
  }
  const rate = Number(value);
  if (!(rate >= 0 && rate <= 1)) {
    throw new FaultsOptionError(`--faults: ${kind}:${value} is no rate; give a number from 0 to 1.`);
  }
  return { kind, rate };
}

/** One call meets one fault of a group at most, so a group's rates are shares of the same whole. */
function refuseMoreThanAll(group: readonly FaultKind[], rates: FaultRates): void {
  const sum = group.reduce((total, kind) => total + (rates[kind] ?? 0), 0);
  if (sum > 1 + Number.EPSILON * group.length) {
    throw new FaultsOptionError(`--faults: the rates of ${group.join(', ')} add up to ${sum}; together at most 1.`);
  }
}

import type { Prices, Settings } from '../config/schema.js';
import { readableJson } from './canonical.js';
import { readJsonFile } from './json-file.js';
import { RUN_FILES } from './run-files.js';
import type { Store } from './store.js';

/** Steering of a run, as last set by `run`, `start`, `pause` or `resume`; every worker reads it once a second. */
export interface Control {
  paused: boolean;
  /** Calls in flight at once, for each model queue, over all workers. */
  concurrencyLimit: number;
  /** For each model queue, over all workers; 0 or absent: no limit. */
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  /** Money to spend at most, over the life of the output folder; 0 or absent: no limit. */
  maxCost?: number;
  /** With which all workers and commands count the money. */
  prices?: Prices;
}

/** What the settings say of it. */
export function limitsOf({ SYSTEM, LIMITS, PRICES }: Settings): Required<Omit<Control, 'paused'>> {
  return {
    concurrencyLimit: SYSTEM.CONCURRENCY_LIMIT,
    requestsPerMinute: LIMITS.REQUESTS_PER_MINUTE,
    tokensPerMinute: LIMITS.TOKENS_PER_MINUTE,
    maxCost: LIMITS.MAX_COST,
    prices: PRICES,
  };
}

/** @throws UserError where the file is garbled */
export function readControl(store: Store): Promise<Control | undefined> {
  const remedy = 'remove it, and give `npx augmentoolkit run` again, which writes it anew';
  return readJsonFile(store, RUN_FILES.control, isControl, remedy);
}

function isControl(value: Partial<Control>): value is Control {
  const { paused, concurrencyLimit, requestsPerMinute = 0, tokensPerMinute = 0, maxCost = 0, prices = {} } = value;
  const numbers: unknown[] = [concurrencyLimit, requestsPerMinute, tokensPerMinute, maxCost];
  const isPriced = typeof prices === 'object' && prices !== null;
  return typeof paused === 'boolean' && numbers.every((each) => typeof each === 'number') && isPriced;
}

export async function writeControl(store: Store, control: Control): Promise<void> {
  await store.write(RUN_FILES.control, readableJson(control));
}

import { priceCalls } from '../llm/pricing.js';
import type { Paid } from '../records.js';
import { readControl } from '../store/control.js';
import { Ledger } from '../store/ledger.js';
import type { Store } from '../store/store.js';

/** What was paid over the life of an output folder, and what may be. */
export interface Spent {
  paid: Paid;
  /** 0: no limit. */
  maxCost: number;
}

/**
 * @param alive ids of workers at work, whose own words count; of all others the journal is asked, too
 * @param ledger kept by whoever looks again and again
 */
export async function readPaid(
  store: Store,
  alive: readonly string[] = [],
  ledger = createLedger(store),
): Promise<Spent> {
  const { maxCost = 0, prices = {} } = (await readControl(store)) ?? {};
  return { paid: priceCalls(await ledger.read(new Set(alive)), prices), maxCost };
}

/** Only reads: what cannot be read is told and settled by workers. */
export function createLedger(store: Store): Ledger {
  return new Ledger({ store, onProblem: () => {} });
}

import { type Control, readControl } from '../store/control.js';
import type { Journal } from '../store/journal.js';
import type { LeaseKeeper } from '../store/leases.js';
import type { Store } from '../store/store.js';
import type { Limiter } from './limiter.js';
import type { Spending } from './spending.js';

export interface Steered {
  store: Store;
  /** By queue. */
  limiters: ReadonlyMap<string, Limiter>;
  leases: Pick<LeaseKeeper, 'share' | 'trouble'>;
  journal: Pick<Journal, 'trouble'>;
  spending: { budget: Pick<Spending['budget'], 'set'>; trouble: string | undefined };
  /** What the settings say, where there is no control.json. */
  limits: Omit<Control, 'paused'>;
  onProblem: (message: string) => void;
}

/**
 * How a worker steers its limiters, to be called again and again: it gives them what control.json says, divided among
 * the live workers, and closes them while this worker cannot write. Where the file cannot be read, what it said last
 * stays in force.
 */
export function createSteering({
  store,
  limiters,
  leases,
  journal,
  spending,
  limits: defaults,
  onProblem,
}: Steered): () => Promise<void> {
  let control: Control | undefined;
  let unread: string | undefined;
  let isKnown = false;
  return async () => {
    try {
      control = await readControl(store);
      isKnown = true;
    } catch (error) {
      unread = `control.json could not be read: ${(error as Error).message}`;
      onProblem(unread);
    }
    const {
      paused,
      concurrencyLimit,
      requestsPerMinute = 0,
      tokensPerMinute = 0,
      maxCost = 0,
      prices = {},
    } = control ?? { ...defaults, paused: false };
    spending.budget.set({ maxCost, prices });
    // Until it was read once, the run may be paused.
    const trouble = journal.trouble ?? leases.trouble ?? spending.trouble ?? (isKnown ? undefined : unread);
    for (const [queue, limiter] of limiters) {
      const share = leases.share(queue, { concurrencyLimit, requestsPerMinute, tokensPerMinute });
      limiter.set({
        limit: share.concurrencyLimit,
        ...(requestsPerMinute > 0 && { requestsPerMinute: share.requestsPerMinute }),
        ...(tokensPerMinute > 0 && { tokensPerMinute: share.tokensPerMinute }),
        paused,
        leaseLost: trouble !== undefined,
        ...(trouble && { trouble }),
      });
    }
  };
}

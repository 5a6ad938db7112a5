import { type Control, readControl } from '../store/control.js';
import type { Journal } from '../store/journal.js';
import type { LeaseKeeper } from '../store/leases.js';
import type { Store } from '../store/store.js';
import type { Limiter } from './limiter.js';

export interface Steered {
  store: Store;
  /** By queue. */
  limiters: ReadonlyMap<string, Limiter>;
  leases: Pick<LeaseKeeper, 'share' | 'trouble'>;
  journal: Pick<Journal, 'trouble'>;
  /** Calls in flight at once, for each queue, where control.json does not say. */
  concurrencyLimit: number;
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
  onProblem,
  ...defaults
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
    const { paused = false, concurrencyLimit = defaults.concurrencyLimit } = control ?? {};
    // Until it was read once, the run may be paused.
    const trouble = journal.trouble ?? leases.trouble ?? (isKnown ? undefined : unread);
    for (const [queue, limiter] of limiters) {
      const limit = leases.share(queue, concurrencyLimit);
      limiter.set({ limit, paused, leaseLost: trouble !== undefined, ...(trouble && { trouble }) });
    }
  };
}

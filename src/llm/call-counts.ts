import type { LimiterState } from '../limiter-state.js';
import { FaultLog } from './fault-log.js';

/** What became of a worker's calls to one model since it started. */
export class CallCounts {
  #answered = 0;
  readonly #failures: Record<string, number> = {};
  readonly #faults = new FaultLog();
  #lastFailure: string | undefined;

  answered(): void {
    this.#answered += 1;
  }

  failed(reason: string, message: string): void {
    this.#failures[reason] = (this.#failures[reason] ?? 0) + 1;
    this.#lastFailure = message;
    this.#faults.add(Date.now());
  }

  state(): Pick<LimiterState, 'answered' | 'failures' | 'faults' | 'lastFailure'> {
    return {
      answered: this.#answered,
      failures: { ...this.#failures },
      ...(this.#lastFailure !== undefined && { faults: this.#faults.state, lastFailure: this.#lastFailure }),
    };
  }
}

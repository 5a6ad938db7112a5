import type { LimiterState } from '../limiter-state.js';

/** What became of a worker's calls to one model since it started. */
export class CallCounts {
  #answered = 0;
  readonly #failures: Record<string, number> = {};
  #lastFailure: string | undefined;

  answered(): void {
    this.#answered += 1;
  }

  failed(reason: string, message: string): void {
    this.#failures[reason] = (this.#failures[reason] ?? 0) + 1;
    this.#lastFailure = message;
  }

  state(): Pick<LimiterState, 'answered' | 'failures' | 'lastFailure'> {
    return {
      answered: this.#answered,
      failures: { ...this.#failures },
      ...(this.#lastFailure !== undefined && { lastFailure: this.#lastFailure }),
    };
  }
}

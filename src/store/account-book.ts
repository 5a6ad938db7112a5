import { addCall } from '../accounting.js';
import type { ModelTotals, Usage } from '../records.js';
import type { PaidBy } from '../call-record.js';

/** What one worker process paid, as its lease says. */
export interface WorkerAccount {
  /** The last answer counted: all up to this number are, and stand in the journal. */
  through: number;
  models: ModelTotals;
}

export function emptyAccount(): WorkerAccount {
  return { through: 0, models: {} };
}

/**
 * What this worker process paid. An answer gets its number when it comes, and enters the account when it and all before
 * it are in the journal: so whoever finds the account after a kill knows which records are still to be counted.
 */
export class AccountBook {
  /** Every answer, also those that wait to be written. */
  readonly paid: ModelTotals = {};
  readonly #worker: string;
  readonly #onPaid: () => void;
  readonly #account = emptyAccount();
  /** Those after the account, by number. */
  readonly #answers = new Map<number, { model: string; usage: Usage; isRecorded: boolean }>();
  #last = 0;

  constructor(worker: string, onPaid: () => void = () => {}) {
    this.#worker = worker;
    this.#onPaid = onPaid;
  }

  /** An answer came, and has to be paid for. */
  pay(model: string, usage: Usage): PaidBy {
    this.#last += 1;
    this.#answers.set(this.#last, { model, usage, isRecorded: false });
    addCall(this.paid, model, usage);
    this.#onPaid();
    return { worker: this.#worker, number: this.#last };
  }

  /** The answer is in the journal. */
  recorded(number: number): void {
    const answer = this.#answers.get(number);
    if (answer !== undefined) answer.isRecorded = true;
    this.#takeRecorded();
  }

  /** For the lease. */
  get account(): WorkerAccount {
    return structuredClone(this.#account);
  }

  #takeRecorded(): void {
    for (;;) {
      const next = this.#account.through + 1;
      const answer = this.#answers.get(next);
      if (answer?.isRecorded !== true) return;
      this.#answers.delete(next);
      addCall(this.#account.models, answer.model, answer.usage);
      this.#account.through = next;
    }
  }
}

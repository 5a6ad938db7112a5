import { addModelTotals } from '../accounting.js';
import type { ModelTotals, Paid } from '../records.js';
import { AccountBook } from '../store/account-book.js';
import { Ledger } from '../store/ledger.js';
import type { Store } from '../store/store.js';
import { Budget } from './budget.js';
import type { Limiter } from './limiter.js';
import { priceCalls } from './pricing.js';

export interface SpendingOptions {
  store: Store;
  worker: string;
  limiters: Iterable<Limiter>;
  /** Ids of the other live workers. */
  others: () => string[];
  /** Told when the budget is reached, or no longer is. */
  onBudget: (message: string | undefined) => void;
  onProblem: (message: string) => void;
}

/** The money as one worker sees it: its own account, those of the others, and the budget that they share. */
export class Spending {
  readonly book: AccountBook;
  readonly budget: Budget;
  readonly #ledger: Ledger;
  readonly #options: SpendingOptions;
  #looking: Promise<void> | undefined;
  #unread: string | undefined;
  #wasRead = false;

  constructor(options: SpendingOptions) {
    const { store, worker, limiters, onBudget, onProblem } = options;
    this.#options = options;
    this.#ledger = new Ledger({ store, worker, onProblem });
    this.budget = new Budget({ paid: () => this.#known(), limiters, onChange: onBudget });
    this.book = new AccountBook(worker, () => this.budget.check());
  }

  /** Looks what the others paid, unless that is being done. What cannot be read counts as it was known before. */
  look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Why no call may start: the money may be spent already, and was not read once. */
  get trouble(): string | undefined {
    return this.budget.isLimited && !this.#wasRead ? this.#unread : undefined;
  }

  /** Exactly, at this moment: what each worker paid since it wrote its lease is looked up in the journal. */
  async total(): Promise<Paid> {
    const { store, onProblem } = this.#options;
    return priceCalls(await new Ledger({ store, onProblem }).read(new Set()), this.budget.prices);
  }

  async #read(): Promise<void> {
    try {
      await this.#ledger.read(new Set(this.#options.others()));
      this.#wasRead = true;
      this.budget.check();
    } catch (error) {
      this.#unread = `What was paid cannot be read: ${String(error)}`;
      this.#options.onProblem(this.#unread);
    }
  }

  #known(): ModelTotals {
    const sum: ModelTotals = {};
    addModelTotals(sum, this.#ledger.paid);
    addModelTotals(sum, this.book.paid);
    return sum;
  }
}

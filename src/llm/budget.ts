import type { Prices } from '../config/schema.js';
import type { ModelTotals, Paid } from '../records.js';
import { formatMoney, priceCalls } from './pricing.js';
import type { Limiter } from './limiter.js';

/** How much may be spent, and what is paid for a model, as control.json has them. */
export interface BudgetTerms {
  /** Over the life of the output folder; 0: no limit. */
  maxCost?: number;
  prices?: Prices;
}

export interface BudgetOptions {
  /** What all workers of the run paid, as far as it is known here. */
  paid: () => ModelTotals;
  limiters: Iterable<Limiter>;
  /** Told when the budget is reached, or no longer is. */
  onChange: (message: string | undefined) => void;
}

/** Closes the limiters while as much is spent as may be. Calls in flight then end, and are paid for as well. */
export class Budget {
  readonly #options: BudgetOptions;
  #terms: BudgetTerms = {};
  #message: string | undefined;

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  get prices(): Prices {
    return this.#terms.prices ?? {};
  }

  get isLimited(): boolean {
    return (this.#terms.maxCost ?? 0) > 0;
  }

  /** Why no call starts; `undefined` while calls may start. */
  get message(): string | undefined {
    return this.#message;
  }

  set(terms: BudgetTerms): void {
    const isOther = terms.maxCost !== this.#terms.maxCost;
    this.#terms = terms;
    this.check(isOther);
  }

  /** To be called whenever more was paid. The message keeps the numbers it began with, so that it is told once. */
  check(anew = false): void {
    const message = this.#describe();
    const isSame = (message === undefined) === (this.#message === undefined);
    if (isSame && (message === this.#message || !anew)) return;
    this.#message = message;
    for (const limiter of this.#options.limiters) limiter.overBudget(message);
    this.#options.onChange(message);
  }

  #describe(): string | undefined {
    const { maxCost = 0 } = this.#terms;
    // Asked at each answer, and most runs have no limit.
    if (maxCost === 0) return undefined;
    return describeOverBudget(priceCalls(this.#options.paid(), this.prices).cost, maxCost);
  }
}

/** What is said where a budget is spent, and how to go on; `undefined` where it is not. */
export function describeOverBudget(spent = 0, maxCost = 0): string | undefined {
  if (maxCost === 0 || spent < maxCost) return undefined;
  return (
    `LIMITS.MAX_COST ${formatMoney(maxCost)} is reached, ${formatMoney(spent)} is spent: no new calls start. ` +
    '`npx augmentoolkit resume --max-cost N` lets the run go on until N is spent'
  );
}

/**
 * What is said where a budget cannot hold: for models whose price is not known any more, as after a change of models, and
 * for services that do not say what a call takes; `undefined`: there are none.
 */
export function describeUncounted({ models }: Paid, maxCost = 0): string | undefined {
  if (maxCost === 0) return undefined;
  const called = Object.entries(models);
  const unpriced = called.filter(([, { cost }]) => cost === undefined);
  const silent = called.filter(([, { calls, prompt, cost }]) => calls > 0 && prompt === 0 && cost !== undefined);
  const reasons = [
    ...unpriced.map(([model]) => `${model} (PRICES has no price)`),
    ...silent.map(([model]) => `${model} (the service does not say what a call takes)`),
  ];
  return reasons.length === 0 ? undefined : `LIMITS.MAX_COST does not hold for ${reasons.join(', ')}`;
}

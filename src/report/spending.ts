import { addTotals, emptyTotals } from '../accounting.js';
import type { CallRecord } from '../call-record.js';
import type { Price, Prices } from '../config/schema.js';
import { costOf } from '../llm/pricing.js';
import type { CallTotals } from '../records.js';
import { STEPS } from '../steps/index.js';
import { Histogram } from './histogram.js';
import type { Spending, SpendingRow } from './report-data.js';

type Money = CallTotals & { cost?: number };

interface Line {
  name: string;
  model: string;
  totals: Money;
  latency: Histogram;
}

/** Adds up what calls cost and how long they took, by step and by model. */
export class SpendingSum {
  readonly #prices: Prices;
  readonly #steps = new Map<string, Line>();
  readonly #models = new Map<string, Line>();
  readonly #total: Money = emptyTotals();
  readonly #beside: Money = emptyTotals();

  constructor(prices: Prices) {
    this.#prices = prices;
  }

  /** @param isUsed today's results rest on it */
  add({ call, request: { model }, usage, latencyMs }: CallRecord, isUsed: boolean): void {
    const price: Price | undefined = this.#prices[model];
    const cost = price && costOf(usage, price);
    for (const line of [this.#line(this.#steps, call.step, model), this.#line(this.#models, model, model)]) {
      addMoney(line.totals, usage, cost);
      line.latency.add(latencyMs);
    }
    addMoney(this.#total, usage, cost);
    if (!isUsed) addMoney(this.#beside, usage, cost);
  }

  get figures(): Spending {
    const place = (step: string) => STEPS.findIndex(({ name }) => name === step);
    const steps = [...this.#steps.values()].sort((a, b) => place(a.name) - place(b.name));
    const models = [...this.#models.values()].sort((a, b) => b.totals.calls - a.totals.calls);
    return {
      steps: steps.map((line) => ({ ...rowOf(line), model: line.model })),
      models: models.map(rowOf),
      total: this.#total,
      beside: this.#beside,
      unpriced: models.map(({ name }) => name).filter((model) => this.#prices[model] === undefined),
    };
  }

  #line(lines: Map<string, Line>, name: string, model: string): Line {
    const key = `${name} ${model}`;
    const line = lines.get(key) ?? { name, model, totals: emptyTotals(), latency: new Histogram() };
    lines.set(key, line);
    return line;
  }
}

function addMoney(into: Money, usage: CallRecord['usage'], cost: number | undefined): void {
  addTotals(into, { calls: 1, ...usage });
  if (cost !== undefined) into.cost = (into.cost ?? 0) + cost;
}

function rowOf({ name, totals, latency }: Line): SpendingRow {
  return { name, ...totals, median: latency.quantile(0.5), slow: latency.quantile(0.95) };
}

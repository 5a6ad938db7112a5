import { addTotals, emptyTotals } from '../accounting.js';
import type { Prices } from '../config/schema.js';
import { costOf } from '../llm/pricing.js';
import { STEPS } from '../steps/index.js';
import type { EstimateLine, Use } from './estimate-data.js';
import type { StepUse } from './measured-chunks.js';

/** The same calls so many times. */
export function scaleUses(uses: readonly StepUse[], factor: number): StepUse[] {
  return uses.map(({ step, model, ...numbers }) => ({
    step,
    model,
    calls: numbers.calls * factor,
    prompt: numbers.prompt * factor,
    cached: numbers.cached * factor,
    completion: numbers.completion * factor,
    latencyMs: numbers.latencyMs * factor,
  }));
}

/** With money, where prices are known. */
export function totalOf(uses: readonly StepUse[], prices: Prices): Use {
  const total: Use = emptyTotals();
  for (const use of uses) {
    const price = prices[use.model];
    addTotals(total, use);
    if (price !== undefined) total.cost = (total.cost ?? 0) + costOf(use, price);
  }
  return total;
}

/** In the order of the pipeline. */
export function linesByStep(uses: readonly StepUse[], prices: Prices): EstimateLine[] {
  const place = (step: string) => STEPS.findIndex(({ name }) => name === step);
  return group(uses, ({ step, model }) => `${step} ${model}`)
    .map((all) => ({ name: all[0]?.step ?? '', model: all[0]?.model ?? '', ...totalOf(all, prices) }))
    .sort((a, b) => place(a.name) - place(b.name));
}

export function linesByModel(uses: readonly StepUse[], prices: Prices): EstimateLine[] {
  return group(uses, ({ model }) => model).map((all) => ({ name: all[0]?.model ?? '', ...totalOf(all, prices) }));
}

function group(uses: readonly StepUse[], keyOf: (use: StepUse) => string): StepUse[][] {
  const groups = new Map<string, StepUse[]>();
  for (const use of uses) groups.set(keyOf(use), [...(groups.get(keyOf(use)) ?? []), use]);
  return [...groups.values()];
}

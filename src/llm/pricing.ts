import type { Price, Prices } from '../config/schema.js';
import type { ModelTotals, Paid, Usage } from '../records.js';

/** Providers list their prices for so many tokens. */
const TOKENS_PRICED = 1_000_000;
/** Of money: enough for a call of a few tokens, and sums without the noise of binary fractions. */
const DECIMALS = 9;

/** What calls that used so much cost, in the money of the price. */
export function costOf({ prompt, cached, completion }: Usage, { INPUT, OUTPUT, CACHED_INPUT = INPUT }: Price): number {
  // Some count what was cached beside the prompt instead of in it.
  const fromCache = Math.min(cached, prompt);
  return ((prompt - fromCache) * INPUT + fromCache * CACHED_INPUT + completion * OUTPUT) / TOKENS_PRICED;
}

/** Puts money to what was used, as far as prices are known. */
export function priceCalls(models: ModelTotals, prices: Prices): Paid {
  let cost: number | undefined;
  const priced: Paid['models'] = {};
  for (const [model, totals] of Object.entries(models)) {
    const price = prices[model];
    const own = price && round(costOf(totals, price));
    priced[model] = { ...totals, ...(own !== undefined && { cost: own }) };
    if (own !== undefined) cost = round((cost ?? 0) + own);
  }
  return { models: priced, ...(cost !== undefined && { cost }) };
}

function round(money: number): number {
  return Number(money.toFixed(DECIMALS));
}

/** As people read it; small sums to their first digits: `1,204.50`, `0.0312`, `0.000045`. */
export function formatMoney(money: number): string {
  const most = money >= 1 ? 2 : money >= 0.01 ? 4 : 6;
  return money.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: most });
}

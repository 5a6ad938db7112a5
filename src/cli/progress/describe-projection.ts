import { formatCount } from '../../format.js';
import { formatMoney } from '../../llm/pricing.js';
import type { Forecast } from './forecast.js';

/** Digits of a sum that is only expected. */
const DIGITS = 2;

/** `, about 12 in all`: money where prices are known, else tokens; empty while it is not known well enough. */
export function describeProjection({ tokens, cost }: Pick<Forecast, 'tokens' | 'cost'>): string {
  if (cost !== undefined) return `, about ${formatMoney(roughly(cost))} in all`;
  return tokens === undefined ? '' : `, about ${formatCount(roughly(tokens))} in all`;
}

function roughly(number: number): number {
  return Number(number.toPrecision(DIGITS));
}

import { costOf, formatMoney, priceCalls } from '../../src/llm/pricing.js';

const PRICE = { INPUT: 2, OUTPUT: 8 };
const MILLION = 1_000_000;

describe('what calls cost', () => {
  it.each([
    ['nothing', { prompt: 0, cached: 0, completion: 0 }, PRICE, 0],
    ['input', { prompt: MILLION, cached: 0, completion: 0 }, PRICE, 2],
    ['output', { prompt: 0, cached: 0, completion: MILLION }, PRICE, 8],
    ['both', { prompt: 500_000, cached: 0, completion: 250_000 }, PRICE, 3],
    ['cached input without a price of its own', { prompt: MILLION, cached: 900_000, completion: 0 }, PRICE, 2],
    ['cached input', { prompt: MILLION, cached: 900_000, completion: 0 }, { ...PRICE, CACHED_INPUT: 0.5 }, 0.65],
    ['cached input for nothing', { prompt: MILLION, cached: MILLION, completion: 0 }, { ...PRICE, CACHED_INPUT: 0 }, 0],
    [
      'more cached than sent: counted beside it',
      { prompt: 100, cached: MILLION, completion: 0 },
      { ...PRICE, CACHED_INPUT: 1 },
      0.0001,
    ],
    ['a model that costs nothing', { prompt: MILLION, cached: 0, completion: MILLION }, { INPUT: 0, OUTPUT: 0 }, 0],
  ])('for %s', (_what, usage, price, cost) => {
    expect(costOf(usage, price)).toBeCloseTo(cost, 12);
  });

  it('is summed up over the models whose price is known', () => {
    const small = { calls: 3, prompt: 100_000, cached: 0, completion: 0 };
    const large = { calls: 1, prompt: 50_000, cached: 0, completion: 0 };
    const prices = { small: { INPUT: 1, OUTPUT: 1 }, large: { INPUT: 4, OUTPUT: 4 }, unused: PRICE };
    expect(priceCalls({ small, large, local: small }, prices)).toEqual({
      models: { small: { ...small, cost: 0.1 }, large: { ...large, cost: 0.2 }, local: small },
      cost: 0.3,
    });
    expect(priceCalls({ local: small }, prices)).toEqual({ models: { local: small } });
    expect(priceCalls({}, prices)).toEqual({ models: {} });
  });
});

it.each([
  [0, '0.00'],
  [5, '5.00'],
  [1_204.5, '1,204.50'],
  [3.216, '3.22'],
  [0.03125, '0.0313'],
  [0.5, '0.50'],
  [0.0000451, '0.000045'],
])('%d is written %s', (money, text) => {
  expect(formatMoney(money)).toBe(text);
});

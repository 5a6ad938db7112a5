import { Histogram } from '../../src/report/histogram.js';

it('gives quantiles to within 5 %', () => {
  const histogram = new Histogram();
  for (let value = 1; value <= 10_000; value += 1) histogram.add(value);
  for (const share of [0.05, 0.5, 0.95, 1]) {
    const ratio = histogram.quantile(share) / (10_000 * share);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  }
});

it('is 0 of nothing, and takes calls that took no time', () => {
  const histogram = new Histogram();
  expect(histogram.quantile(0.5)).toBe(0);
  histogram.add(0);
  expect(histogram.quantile(0.5)).toBe(1);
});

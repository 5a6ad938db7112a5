import { drawOrders } from '../../src/workflows/orders.js';
import { seededRandom, shuffle } from '../../src/random.js';

function items(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `pair ${index + 1}`);
}

function draw(count: number, wanted: number, seed: number | string = 1): string[][] {
  return drawOrders(items(count), wanted, seededRandom(seed, 'orders'));
}

describe('orders', () => {
  it.each([
    [1, 3, 1],
    [2, 1, 1],
    [2, 3, 2],
    [3, 3, 3],
    [3, 6, 6],
    [3, 100, 6],
    [4, 24, 24],
    [4, 0, 0],
    [5, 120, 120],
    [6, 719, 719],
    [10, 3, 3],
    [10, 500, 500],
    [170, 4, 4],
  ])('of %i items, %i wanted: %i different ones', (count, wanted, expected) => {
    const orders = draw(count, wanted);
    expect(orders).toHaveLength(expected);
    expect(new Set(orders.map((order) => order.join(' '))).size).toBe(expected);
    for (const order of orders) expect([...order].sort()).toEqual(items(count).sort());
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('of %i items: a larger number keeps the earlier ones', (count) => {
    const many = draw(count, 24);
    for (let wanted = 0; wanted <= 24; wanted += 1) expect(draw(count, wanted)).toEqual(many.slice(0, wanted));
  });

  it('are the same for the same seed, and others for another', () => {
    expect(draw(6, 3, 7)).toEqual(draw(6, 3, 7));
    expect(draw(6, 3, 7)).not.toEqual(draw(6, 3, 8));
  });

  it('keep items apart that look the same', () => {
    expect(drawOrders(['same', 'same'], 3, seededRandom(1))).toEqual([
      ['same', 'same'],
      ['same', 'same'],
    ]);
  });

  it('are each as likely as any other', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6_000; seed += 1) {
      const first = (draw(4, 1, seed)[0] ?? []).join(' ');
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 250 expected; six standard deviations away would not happen by chance.
    for (const count of counts.values()) expect(Math.abs(count - 250)).toBeLessThan(6 * Math.sqrt(250));
  });
});

describe('seeded numbers', () => {
  it('never change under a saved seed', () => {
    const random = seededRandom(42, 'canals-0a1b2c-00002-89abcdef', 'orders');
    expect([random(), random(), random()].map((number) => number.toFixed(6))).toEqual([
      '0.788203',
      '0.404360',
      '0.802709',
    ]);
  });

  it('are from 0 up to but not 1, and spread evenly', () => {
    const random = seededRandom('spread');
    const tenths = Array<number>(10).fill(0);
    for (let count = 0; count < 50_000; count += 1) {
      const number = random();
      expect(number >= 0 && number < 1).toBe(true);
      tenths[Math.floor(number * 10)]! += 1;
    }
    for (const count of tenths) expect(Math.abs(count - 5_000)).toBeLessThan(6 * Math.sqrt(5_000));
  });

  it.each([
    [
      [1, 'a', 'b'],
      [1, 'a', 'c'],
    ],
    [
      [1, 'ab', 'c'],
      [1, 'a', 'bc'],
    ],
    [[1], ['1']],
    [
      [1, 'é'],
      [1, 'e\u0301'],
    ],
  ])('of %j and %j differ', (left, right) => {
    const [one, other] = [seededRandom(...left), seededRandom(...right)];
    expect([one(), one(), one()]).not.toEqual([other(), other(), other()]);
  });
});

it('a shuffle leaves the given list alone', () => {
  const list = items(5);
  const shuffled = shuffle(list, seededRandom(3));
  expect(list).toEqual(items(5));
  expect(shuffled).not.toEqual(list);
});

import { Bucket, paceFor } from '../../src/llm/bucket.js';

describe('the pace of a limit', () => {
  it.each([
    [600, 1],
    [60, 1],
    [7, 1],
    [200_000, 4_000],
    [10_000, 4_000],
  ])('never lets more than %i into a minute, with single amounts of %i at most', (limit, largest) => {
    const { perMs, capacity } = paceFor(limit, largest);
    // A full bucket at the beginning, and all that flows in until just before the minute ends.
    expect(capacity + 60_000 * perMs).toBeLessThan(limit + 1);
    expect(capacity).toBeGreaterThanOrEqual(largest);
  });

  it('uses 97 % of a limit that is large beside single amounts', () => {
    expect((60_000 * paceFor(600, 1).perMs) / 600).toBeGreaterThan(0.97);
    expect((60_000 * paceFor(2_000_000, 4_000).perMs) / 2_000_000).toBeGreaterThan(0.97);
  });

  it('lets also calls through that are larger than half of it, one after the other', () => {
    expect(paceFor(1_000, 900).perMs).toBeGreaterThan(0);
    expect(60_000 * paceFor(1_000, 5_000).perMs).toBeLessThan(1_000);
  });

  it('of a limit of 0 is 0', () => {
    expect(new Bucket(paceFor(0, 1), 0).waitFor(1, 0, 1e9)).toBe(Infinity);
  });

  it('that falls to 0 lets nothing through, not even what was saved up', () => {
    const bucket = new Bucket(paceFor(600, 1), 0);
    bucket.setPace(paceFor(0, 1), 10_000);
    expect(bucket.waitFor(1, 0, 20_000)).toBe(Infinity);
  });
});

describe('a bucket', () => {
  const PACE = { perMs: 0.01, capacity: 10 };

  it('is empty at first, and saves up no more than its capacity', () => {
    const bucket = new Bucket(PACE, 0);
    expect(bucket.waitFor(1, 0, 0)).toBe(100);
    expect([bucket.within(0, 500), bucket.within(0, 1e9)]).toEqual([5, 10]);
  });

  it('says when a call has its turn after those ahead', () => {
    const bucket = new Bucket(PACE, 0);
    expect(bucket.waitFor(2, 3, 0)).toBe(500);
    expect(bucket.waitFor(2, 3, 600)).toBe(0);
  });

  it('owes what was taken beyond what it held, and gets back what was not used', () => {
    const bucket = new Bucket(PACE, 0);
    // Larger than it can ever hold: taken from the full bucket.
    expect(bucket.waitFor(30, 0, 0)).toBe(1_000);
    bucket.take(30, 1_000);
    expect(bucket.waitFor(1, 0, 1_000)).toBe(2_100);
    bucket.giveBack(25, 1_000);
    expect(bucket.waitFor(1, 0, 1_000)).toBe(0);
    bucket.giveBack(25, 1_000);
    expect(bucket.within(0, 1_000)).toBe(10);
  });

  it('keeps what it holds when its pace changes, as far as there is room', () => {
    const bucket = new Bucket(PACE, 0);
    bucket.setPace({ perMs: 0.1, capacity: 4 }, 1_000);
    expect(bucket.within(0, 1_000)).toBe(4);
    bucket.setPace(PACE, 1_000);
    expect(bucket.within(0, 1_100)).toBe(5);
  });
});

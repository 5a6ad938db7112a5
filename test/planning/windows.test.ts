import { batchSizeFor, batchWindows, openChunksFor } from '../../src/planning/windows.js';

describe('how many chunks are open', () => {
  it.each([
    [1, 12],
    [4, 12],
    [8, 24],
    [50, 150],
    [1_000, 500],
  ])('%i slots: %i', (slots, open) => {
    expect(openChunksFor(slots)).toBe(open);
  });
});

describe('how they are spread over batches', () => {
  it.each([12, 40, 41, 150, 499, 500])('%i open chunks: small windows, that are enough and hardly too many', (open) => {
    const { batches, chunks, starts } = batchWindows(open);
    expect(chunks).toBeLessThanOrEqual(40);
    expect(batches * chunks).toBeGreaterThanOrEqual(open);
    expect(batches * chunks).toBeLessThan(open + batches);
    expect(starts).toBeGreaterThanOrEqual(2);
    expect(batches * starts).toBeLessThanOrEqual(26);
  });

  it.each([
    [0, 150],
    [1, 150],
    [13, 12],
    [45, 150],
    [150, 150],
    [1_000, 150],
    [100_000, 500],
    [100_000, 12],
  ])('%i chunks, %i open: batches of a size that histories bear', (chunks, open) => {
    const size = batchSizeFor(chunks, open);
    const batches = Math.ceil(chunks / size);
    expect(size).toBeGreaterThanOrEqual(1);
    expect(size).toBeLessThanOrEqual(250);
    // A small run fills all the batches that may be open.
    expect(batches).toBeGreaterThanOrEqual(Math.min(Math.ceil(chunks / size), batchWindows(open).batches));
    expect(batches).toBeLessThanOrEqual(Math.max(400, batchWindows(open).batches));
  });

  it('uses all windows for a small run', () => {
    expect(batchWindows(150)).toEqual({ batches: 4, chunks: 38, starts: 6 });
    expect(batchSizeFor(45, 150)).toBe(12);
    expect(batchSizeFor(3, 150)).toBe(1);
  });
});

import { runWindow } from '../../src/workflows/window.js';

/** Work that the test ends, item by item. */
class Bench {
  readonly begun: number[] = [];
  readonly #ends = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  most = 0;

  work = (item: number): Promise<void> => {
    this.begun.push(item);
    return new Promise<void>((resolve, reject) => {
      this.#ends.set(item, { resolve, reject });
      this.most = Math.max(this.most, this.#ends.size);
    });
  };

  get open(): number[] {
    return [...this.#ends.keys()];
  }

  async end(item: number, error?: Error): Promise<void> {
    const end = this.#ends.get(item);
    this.#ends.delete(item);
    if (error === undefined) end?.resolve();
    else end?.reject(error);
    await settle();
  }
}

/** Lets everything happen that needs no event from outside. */
function settle(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

const READY = async () => {};

describe('a window of work', () => {
  it('is always full while there is work, in the order of the items', async () => {
    const bench = new Bench();
    const running = runWindow([1, 2, 3, 4, 5], 2, READY, bench.work);
    await settle();
    expect(bench.begun).toEqual([1, 2]);
    await bench.end(2);
    expect(bench.begun).toEqual([1, 2, 3]);
    await bench.end(3);
    await bench.end(4);
    await bench.end(5);
    expect(bench.open).toEqual([1]);
    await bench.end(1);
    await running;
    expect(bench.most).toBe(2);
  });

  it.each([
    ['no items', []],
    ['fewer items than places', [1, 2]],
  ])('ends with %s', async (_what, items) => {
    const worked: number[] = [];
    await runWindow(items, 5, READY, async (item) => void worked.push(item));
    expect(worked).toEqual(items);
  });

  it('begins nothing while it is not ready, and each item once after', async () => {
    const bench = new Bench();
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const running = runWindow([1, 2, 3], 3, () => gate, bench.work);
    await settle();
    expect(bench.begun).toEqual([]);
    letGo();
    await settle();
    expect(bench.begun).toEqual([1, 2, 3]);
    for (const item of [1, 2, 3]) await bench.end(item);
    await running;
  });

  it('begins nothing more once one has broken, and ends when those at work have', async () => {
    const bench = new Bench();
    let outcome = 'open';
    const running = runWindow([1, 2, 3, 4], 2, READY, bench.work).catch((error: Error) => (outcome = error.message));
    await settle();
    await bench.end(1, new Error('a bug'));
    expect([bench.begun, bench.open, outcome]).toEqual([[1, 2], [2], 'open']);
    await bench.end(2);
    await running;
    expect([bench.begun, outcome]).toEqual([[1, 2], 'a bug']);
  });
});

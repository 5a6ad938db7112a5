import { AccountBook } from '../../src/store/account-book.js';

const USAGE = { prompt: 100, cached: 60, completion: 20 };

function totals(calls: number) {
  return { calls, prompt: 100 * calls, cached: 60 * calls, completion: 20 * calls };
}

describe("a worker's account", () => {
  it('numbers answers as they come, and counts those that are in the journal with all before them', () => {
    const book = new AccountBook('me');
    const numbers = ['small', 'large', 'small'].map((model) => book.pay(model, USAGE));
    expect(numbers).toEqual([1, 2, 3].map((number) => ({ worker: 'me', number })));
    expect(book.account).toEqual({ through: 0, models: {} });

    book.recorded(1);
    expect(book.account).toEqual({ through: 1, models: { small: totals(1) } });
    book.recorded(3);
    expect(book.account).toEqual({ through: 1, models: { small: totals(1) } });
    book.recorded(2);
    expect(book.account).toEqual({ through: 3, models: { small: totals(2), large: totals(1) } });
  });

  it('is paid from the moment on when the answer comes', () => {
    const seen: unknown[] = [];
    const book: AccountBook = new AccountBook('me', () => seen.push(structuredClone(book.paid)));
    book.pay('small', USAGE);
    book.pay('small', USAGE);
    expect(seen).toEqual([{ small: totals(1) }, { small: totals(2) }]);
  });

  it('counts a record once', () => {
    const book = new AccountBook('me');
    book.pay('small', USAGE);
    book.recorded(1);
    book.recorded(1);
    book.recorded(7);
    expect(book.account).toEqual({ through: 1, models: { small: totals(1) } });
  });
});

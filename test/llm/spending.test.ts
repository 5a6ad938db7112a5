import { Limiter } from '../../src/llm/limiter.js';
import { Spending } from '../../src/llm/spending.js';
import { LocalStore } from '../../src/store/local-store.js';
import type { StoredFile } from '../../src/store/store.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

/** A store whose folders cannot be listed while `isAway`. */
class AwayStore extends LocalStore {
  isAway = true;

  override list(path: string): Promise<StoredFile[]> {
    return this.isAway ? Promise.reject(new Error('EIO: i/o error')) : super.list(path);
  }
}

async function openSpending() {
  const store = new AwayStore(await newFolder());
  const problems: string[] = [];
  const spending = new Spending({
    store,
    worker: 'a',
    limiters: [new Limiter(1)],
    others: () => [],
    onBudget: () => {},
    onProblem: (message) => problems.push(message),
  });
  return { store, spending, problems };
}

describe('what was paid and cannot be read', () => {
  it('lets no call start under a budget, until it was read once', async () => {
    const { store, spending, problems } = await openSpending();
    spending.budget.set({ maxCost: 5 });
    await spending.look();
    expect(spending.trouble).toBe('What was paid cannot be read: Error: EIO: i/o error');
    expect(problems).toEqual([spending.trouble]);
    store.isAway = false;
    await spending.look();
    expect(spending.trouble).toBeUndefined();
    store.isAway = true;
    await spending.look();
    expect(spending.trouble).toBeUndefined();
  });

  it('is no trouble without a budget', async () => {
    const { spending } = await openSpending();
    await spending.look();
    expect(spending.trouble).toBeUndefined();
  });
});

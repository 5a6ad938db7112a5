import { readControl, writeControl } from '../../src/store/control.js';
import type { RunIdentity } from '../../src/store/identity.js';
import { claimIdentity, readIdentity, writeIdentity } from '../../src/store/identity.js';
import { LocalStore } from '../../src/store/local-store.js';
import { RUN_FILES } from '../../src/store/run-files.js';
import { taskQueuesFor } from '../../src/temporal/queues.js';
import { UserError } from '../../src/user-error.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

function identityOf(run: string): RunIdentity {
  const queues = taskQueuesFor(run, 'abcdef0123456789', false);
  return { run, address: 'localhost:7233', namespace: 'default', plan: '', queues, home: '/books' };
}

describe("a folder's identity", () => {
  it('is absent in a new folder', async () => {
    expect(await readIdentity(new LocalStore(await newFolder()))).toBeUndefined();
  });

  it('is that of the one who was quicker, and all agree on it', async () => {
    const store = new LocalStore(await newFolder());
    const runs = Array.from({ length: 20 }, (_, index) => identityOf(`books-${index}`));
    const claimed = await Promise.all(runs.map((identity) => claimIdentity(store, identity)));
    expect(new Set(claimed.map((identity) => identity.run)).size).toBe(1);
    expect(await readIdentity(store)).toEqual(claimed[0]);
  });

  it('can be changed by the one who owns it', async () => {
    const store = new LocalStore(await newFolder());
    const claimed = await claimIdentity(store, identityOf('books'));
    await writeIdentity(store, { ...claimed, plan: 'f00d' });
    expect(await claimIdentity(store, identityOf('other'))).toEqual({ ...claimed, plan: 'f00d' });
  });
});

describe('steering', () => {
  it('is absent until it is set, and then as last set', async () => {
    const store = new LocalStore(await newFolder());
    expect(await readControl(store)).toBeUndefined();
    await writeControl(store, { paused: false, concurrencyLimit: 50 });
    await writeControl(store, { paused: true, concurrencyLimit: 8 });
    expect(await readControl(store)).toEqual({ paused: true, concurrencyLimit: 8 });
  });
});

describe('a file that was damaged', () => {
  it.each([
    ['cut off', '{"run": "bo'],
    ['empty', ''],
    ['zeros', '\0\0\0'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object of another kind', '{"run": 1, "paused": "no"}'],
  ])('is named, with what to do: %s', async (_what, text) => {
    const store = new LocalStore(await newFolder());
    await store.write(RUN_FILES.identity, text);
    await store.write(RUN_FILES.control, text);
    await expect(readIdentity(store)).rejects.toThrow(UserError);
    await expect(readIdentity(store)).rejects.toThrow(
      `state/identity.json in ${store.location} is damaged: stop the workers of this folder, remove the file, and give`,
    );
    await expect(readControl(store)).rejects.toThrow(UserError);
    await expect(readControl(store)).rejects.toThrow(
      `state/control.json in ${store.location} is damaged: remove it, and give \`npx augmentoolkit run\` again`,
    );
  });
});

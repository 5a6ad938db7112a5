import { cp, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { bindOutput } from '../../src/cli/bind-output.js';
import type { TemporalTarget } from '../../src/config/temporal-target.js';
import { readIdentity } from '../../src/store/identity.js';
import { LocalStore } from '../../src/store/local-store.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

const TARGET: TemporalTarget = { address: '127.0.0.1:7233', namespace: 'default', explicit: false, uiPort: 8233 };

function bind(folder: string, target = TARGET) {
  const said: string[] = [];
  const binding = bindOutput(new LocalStore(folder), target, { say: (message) => said.push(message) });
  return binding.then((identity) => ({ identity, said }));
}

describe('an output folder', () => {
  it('has one run for ever, wherever it is moved', async () => {
    const parent = await newFolder();
    const first = await bind(join(parent, 'books'));
    expect(first.identity).toMatchObject({ run: expect.stringMatching(/^books-[0-9a-f]{6}$/), plan: '' });
    expect((await bind(join(parent, 'books'))).identity).toEqual(first.identity);

    await rename(join(parent, 'books'), join(parent, 'moved'));
    const moved = await bind(join(parent, 'moved'));
    expect(moved).toEqual({ identity: { ...first.identity, home: join(parent, 'moved') }, said: [] });
  });

  it('that is a copy becomes a run of its own', async () => {
    const parent = await newFolder();
    const { identity: original } = await bind(join(parent, 'books'));
    await cp(join(parent, 'books'), join(parent, 'copy'), { recursive: true });

    const copy = await bind(join(parent, 'copy'));
    expect(copy.identity.run).toMatch(/^copy-[0-9a-f]{6}$/);
    expect(copy.said.join()).toContain(`is a copy of ${join(parent, 'books')}, which has the run ${original.run}`);
    expect(await readIdentity(new LocalStore(join(parent, 'copy')))).toEqual(copy.identity);
    expect((await bind(join(parent, 'copy'))).identity).toEqual(copy.identity);
    expect((await bind(join(parent, 'books'))).identity).toEqual(original);
  });

  it('is the same by whatever path it is reached', async () => {
    const parent = await newFolder();
    const { identity } = await bind(join(parent, 'books'));
    await symlink(join(parent, 'books'), join(parent, 'link'), 'dir');
    const linked = await bind(join(parent, 'link'));
    expect(linked).toMatchObject({ identity: { run: identity.run }, said: [] });
  });

  it('follows its settings to another server while nobody is at work', async () => {
    const folder = await newFolder();
    const { identity } = await bind(folder);
    const moved = await bind(folder, { ...TARGET, address: '127.0.0.1:7300' });
    expect(moved.identity).toEqual({ ...identity, address: '127.0.0.1:7300' });
  });
});

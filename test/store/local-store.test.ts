import { closeSync, openSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rmdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LocalStore } from '../../src/store/local-store.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

async function newStore(): Promise<LocalStore> {
  return new LocalStore(await newFolder());
}

/** Every file and folder, as the disk has it. */
function everything(store: LocalStore): Promise<string[]> {
  return readdir(store.location, { recursive: true });
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe('reading and writing', () => {
  it.each([
    ['plain text', 'records/a.json', '{"a": 1}\n'],
    ['an empty file', 'empty.txt', ''],
    ['letters of several scripts', 'deep/er/still/t.txt', 'Ærø, 東京, 👩‍🚀\u2028next'],
    ['a name with blanks and quotes', `documents/it's "new" & 100%.txt`, 'x'],
    ['a name in other letters', 'documents/Größe-東京.txt', 'x'],
    ['a name with dots', 'generations/c/q2.v3.accuracy.1.b.0123456789ab.json', 'x'],
    ['a name that only holds .tmp', 'a.tmp.json', 'x'],
  ])('keeps %s', async (_what, path, content) => {
    const store = await newStore();
    await store.write(path, content);
    expect(await store.read(path)).toBe(content);
    expect(await store.exists(path)).toBe(true);
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    expect(await store.list(folder)).toMatchObject([{ path, size: Buffer.byteLength(content) }]);
  });

  it('knows what is not there', async () => {
    const store = await newStore();
    await store.write('file', 'x');
    for (const path of ['absent', 'no/such/folder', 'file/below']) {
      expect(await store.read(path)).toBeUndefined();
      expect(await store.exists(path)).toBe(false);
      expect(await collect(store.readLines(path))).toEqual([]);
      expect(await store.list(path)).toEqual([]);
      expect(await store.folders(path)).toEqual([]);
      await store.remove(path);
    }
    expect(await store.read('file')).toBe('x');
  });

  it('names the folders in a folder, not those below', async () => {
    const store = await newStore();
    for (const path of ['all/a/1.json', 'all/b/deep/2.json', 'all/c.jsonl']) await store.write(path, 'x');
    expect((await store.folders('all')).toSorted()).toEqual(['a', 'b']);
  });

  it('lets two stores of one folder write the same file at the same time', async () => {
    const folder = await newFolder();
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(1_000));
    await Promise.all(contents.map((content) => new LocalStore(folder).write('control.json', content)));
    expect(contents).toContain(await readFile(join(folder, 'control.json'), 'utf8'));
    expect(await readdir(folder)).toEqual(['control.json']);
  });
});

describe('a file in the making', () => {
  it('is not seen before it is closed: readers have the old one', async () => {
    const store = await newStore();
    await store.write('data.jsonl', 'old\n');
    const writer = await store.writer('data.jsonl');
    await writer.append('new 1\n');
    expect(await store.read('data.jsonl')).toBe('old\n');
    expect((await store.list('')).map((file) => file.path)).toEqual(['data.jsonl']);
    await writer.append('new 2\n');
    await writer.close();
    expect(await store.read('data.jsonl')).toBe('new 1\nnew 2\n');
  });

  it('does not exist for readers where there was no file before', async () => {
    const store = await newStore();
    const writer = await store.writer('folder/data.jsonl');
    await writer.append('new\n');
    expect(await store.exists('folder/data.jsonl')).toBe(false);
    expect(await store.list('folder')).toEqual([]);
    await writer.close();
    expect(await store.read('folder/data.jsonl')).toBe('new\n');
  });

  it('leaves nothing when it is discarded', async () => {
    const store = await newStore();
    await store.write('data.jsonl', 'old\n');
    const writer = await store.writer('data.jsonl');
    await writer.append('new\n');
    await writer.discard();
    expect(await everything(store)).toEqual(['data.jsonl']);
    expect(await store.read('data.jsonl')).toBe('old\n');
  });

  it('leaves nothing when it cannot take its place', async () => {
    const store = await newStore();
    await store.write('taken/by/a/folder.txt', 'x');
    await expect(store.write('taken/by', 'a file')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    await expect(store.write('taken/by/a/folder.txt/below', 'x')).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect((await everything(store)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is whole whenever it is read, while it is written again and again', async () => {
    const store = await newStore();
    const versions = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await store.write('file', versions[0] ?? '');
    const writing = (async () => {
      for (let count = 0; count < 20; count += 1) await store.write('file', versions[count % 2] ?? '');
    })();
    for (let count = 0; count < 100; count += 1) {
      const text = await store.read('file');
      expect(versions.some((version) => version === text)).toBe(true);
    }
    await writing;
  });
});

describe('creating', () => {
  it('has one winner among many, whose file stays', async () => {
    const store = await newStore();
    const tries = Array.from({ length: 20 }, (_, index) => `content of ${index}`);
    const won = await Promise.all(tries.map((content) => store.create('state/identity.json', content)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.read('state/identity.json')).toBe(tries[won.indexOf(true)]);
    expect(await readdir(join(store.location, 'state'))).toEqual(['identity.json']);
  });

  it('never touches a file that is there', async () => {
    const store = await newStore();
    await store.write('file', 'first');
    expect(await store.create('file', 'second')).toBe(false);
    expect(await store.read('file')).toBe('first');
  });
});

describe('listing', () => {
  it('is sorted, and has no folders and no files in the making', async () => {
    const store = await newStore();
    for (const name of ['b.json', 'a-2.json', 'a-10.json', 'ä.json', 'B.json', 'sub/c.json']) {
      await store.write(`folder/${name}`, name);
    }
    const writer = await store.writer('folder/zz.json');
    await writer.append('half');
    const paths = (await store.list('folder')).map((file) => file.path);
    await writer.discard();
    expect(paths).toEqual(['B.json', 'a-10.json', 'a-2.json', 'b.json', 'ä.json'].map((name) => `folder/${name}`));
  });
});

describe('removing', () => {
  it('takes away the folders that become empty, never the root', async () => {
    const store = await newStore();
    await store.write('generations/c1/judge.json', 'x');
    await store.write('generations/c2/judge.json', 'x');
    await store.remove('generations/c1/judge.json');
    expect((await everything(store)).sort()).toEqual([
      'generations',
      join('generations', 'c2'),
      join('generations', 'c2', 'judge.json'),
    ]);
    await store.remove('generations/c2/judge.json');
    expect(await readdir(store.location)).toEqual([]);
  });

  it('never takes the folder from under a file that is being written', async () => {
    const store = await newStore();
    const names = Array.from({ length: 12 }, (_, index) => `a/b/c/${index}.json`);
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([
        ...names.map((name) => store.write(name, `${round}`)),
        ...names.map((name) => store.remove(name)),
        store.create('a/b/c/created.json', 'x').then(() => store.remove('a/b/c/created.json')),
      ]);
      await Promise.all(names.map((name) => store.remove(name)));
    }
    await Promise.all(names.map((name) => store.write(name, 'last')));
    expect((await store.list('a/b/c')).map((file) => file.path)).toEqual([...names].sort());
  });
});

describe('reading lines', () => {
  it.each([
    ['lines', 'one\ntwo\n', ['one', 'two']],
    ['a last line without an end', 'one\ntw', ['one', 'tw']],
    ['no blank lines', '\none\n\n\ntwo\n\n', ['one', 'two']],
    ['nothing from an empty file', '', []],
    [
      'only \\n as the end of a line',
      'a\u2028b\u2029c\u0085d\u000be\fg\n{"t":"\u2028"}\n',
      ['a\u2028b\u2029c\u0085d\u000be\fg', '{"t":"\u2028"}'],
    ],
  ])('gives %s', async (_what, content, lines) => {
    const store = await newStore();
    await store.write('file.jsonl', content);
    expect(await collect(store.readLines('file.jsonl'))).toEqual(lines);
  });

  it('puts lines and letters together that lie across the borders of reading', async () => {
    const store = await newStore();
    const lines = Array.from({ length: 60 }, (_, index) => `${index} ${'ß東👩'.repeat(index * 97)}`);
    await store.write('long.jsonl', lines.join('\n'));
    expect(await collect(store.readLines('long.jsonl'))).toEqual(lines);
  });

  it('closes the file when the reader has seen enough', async () => {
    const store = await newStore();
    await store.write('long.jsonl', 'a line\n'.repeat(50_000));
    const before = lowestFreeHandle(store);
    for (let count = 0; count < 30; count += 1) {
      for await (const line of store.readLines('long.jsonl')) {
        expect(line).toBe('a line');
        break;
      }
    }
    // Closing goes on for a moment after the loop.
    while (lowestFreeHandle(store) > before + 10) await new Promise((done) => setImmediate(done));
  });
});

/** The system gives the lowest free number to a file that is opened. */
function lowestFreeHandle(store: LocalStore): number {
  const path = join(store.location, 'probe');
  writeFileSync(path, '');
  const handle = openSync(path, 'r');
  closeSync(handle);
  return handle;
}

describe('times', () => {
  it('are those of the file', async () => {
    const store = await newStore();
    await store.write('a', 'x');
    const [first] = await store.list('');
    await writeFile(join(store.location, 'b'), 'x');
    const second = (await store.list('')).find((file) => file.path === 'b');
    expect(second?.modifiedAt).toBeGreaterThanOrEqual(first?.modifiedAt ?? Infinity);
  });
});

describe('a folder that must hold its marker', () => {
  const MARKER = 'state/identity.json';

  async function newRun(): Promise<{ plain: LocalStore; store: LocalStore }> {
    const plain = await newStore();
    await plain.write(MARKER, '{}');
    await plain.write('chunks/a.json', 'x');
    return { plain, store: new LocalStore(plain.location, { marker: MARKER }) };
  }

  const ACTIONS: [string, (store: LocalStore) => Promise<unknown>][] = [
    ['reading', (store) => store.read('chunks/a.json')],
    ['reading lines', (store) => collect(store.readLines('chunks/a.json'))],
    ['looking', (store) => store.exists('chunks/a.json')],
    ['listing', (store) => store.list('chunks')],
    ['writing', (store) => store.write('chunks/a.json', 'y')],
    ['writing beside the folders', (store) => store.write('run.json', 'y')],
    ['writing into a new folder', (store) => store.write('deep/er/b.json', 'y')],
    ['beginning a file', async (store) => (await store.writer('chunks/b.json')).discard()],
    ['creating', (store) => store.create('chunks/b.json', 'y')],
    ['removing', (store) => store.remove('chunks/a.json')],
    ['sweeping', (store) => store.sweep(0)],
  ];

  it.each(ACTIONS)('is used like any other: %s', async (_what, action) => {
    const { store } = await newRun();
    await expect(action(store)).resolves.not.toThrow();
    for (const path of ['absent', 'no/such/folder']) expect(await store.read(path)).toBeUndefined();
    await store.write('deep/er/c.json', 'z');
    expect(await store.read('deep/er/c.json')).toBe('z');
  });

  describe.each([
    ['gone', (folder: string) => rename(folder, `${folder}.away`), () => Promise.resolve()],
    [
      'an empty one, its disk not being mounted',
      async (folder: string) => {
        await rename(folder, `${folder}.away`);
        await mkdir(folder);
      },
      (folder: string) => rmdir(folder),
    ],
  ])('where it is %s', (_what, take, clear) => {
    it.each(ACTIONS)('fails and creates nothing: %s', async (_action, action) => {
      const { store } = await newRun();
      const { location } = store;
      await take(location);
      await expect(action(store)).rejects.toThrow(
        `${location} holds no run any more (${MARKER} is not there): put the folder back, or mount its disk again`,
      );
      expect(await readdir(location).catch(() => [])).toEqual([]);

      await clear(location);
      await rename(`${location}.away`, location);
      expect(await store.read('chunks/a.json')).toBe('x');
      await store.write('chunks/a.json', 'y');
      expect((await everything(store)).toSorted()).toEqual(['chunks', 'chunks/a.json', 'state', MARKER]);
    });
  });

  it('keeps no file that was begun before it went', async () => {
    const { store } = await newRun();
    const { location } = store;
    const writer = await store.writer('data.jsonl');
    await writer.append('x\n');
    await rename(location, `${location}.away`);
    await mkdir(location);
    await expect(writer.close()).rejects.toThrow('holds no run any more');
    expect(await readdir(location)).toEqual([]);
    await rmdir(location);
    await rename(`${location}.away`, location);
    expect(await store.read('data.jsonl')).toBeUndefined();
    await store.sweep(-1_000);
    expect((await everything(store)).toSorted()).toEqual(['chunks', 'chunks/a.json', 'state', MARKER]);
  });
});

describe('sweeping', () => {
  it('removes old files in the making, by the clock of the disk, and nothing else', async () => {
    const store = await newStore();
    const left = ['records/x.json.01234567-89ab.tmp', 'a/b/c/x.0a1b2c3d-4e5f.tmp'];
    const kept = ['notes.tmp', 'records/x.json', 'records/y.json.89abcdef-0123.tmp', 'a/x.tmp.json'];
    const hourAgo = Date.now() / 1_000 - 3_601;
    for (const path of [...left, ...kept]) {
      await mkdir(dirname(join(store.location, path)), { recursive: true });
      await writeFile(join(store.location, path), 'x');
      if (!path.includes('89abcdef')) await utimes(join(store.location, path), hourAgo, hourAgo);
    }
    await store.sweep(3_600_000);
    const files = await readdir(store.location, { recursive: true, withFileTypes: true });
    const names = files.filter((file) => file.isFile()).map((file) => file.name);
    expect(new Set(names)).toEqual(new Set(kept.map((path) => path.split('/').at(-1))));
  });
});

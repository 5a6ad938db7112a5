import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '../../src/ingest/input-error.js';
import { readDocuments } from '../../src/ingest/read-documents.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingest-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function put(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

function read(path = '', useFilenames = false) {
  return readDocuments(join(folder, path), { useFilenames, keep: (document) => document });
}

describe('readDocuments', () => {
  it('reads a folder and those below it in the order of their paths', async () => {
    await put({ 'b.txt': 'B', 'a/z.md': 'Z', 'a.txt': 'A', 'B.TXT': 'upper', 'a/y/x.txt': 'X' });
    const { documents, skipped, warnings } = await read();
    expect(documents.map(({ path, text }) => [path, text])).toEqual([
      ['B.TXT', 'upper'],
      ['a.txt', 'A'],
      ['a/y/x.txt', 'X'],
      ['a/z.md', 'Z'],
      ['b.txt', 'B'],
    ]);
    expect([skipped, warnings]).toEqual([[], []]);
  });

  it('reads a single file, with what its name says', async () => {
    await put({ 'Bees, by Ann Lee, published 1901.txt': '\ufeffBees fly.\r\n' });
    const { documents } = await read('Bees, by Ann Lee, published 1901.txt', true);
    expect(documents).toEqual([
      {
        id: expect.stringMatching(/^bees-by-ann-lee-published-1901-[0-9a-f]{6}$/),
        path: 'Bees, by Ann Lee, published 1901.txt',
        textname: 'Bees',
        author: 'Ann Lee',
        published: '1901',
        text: 'Bees fly.\n',
      },
    ]);
  });

  it('skips what it cannot use, says why, and passes over hidden files in silence', async () => {
    await put({
      'good.txt': 'Good.',
      'blank.txt': ' \n\n',
      'latin.txt': Buffer.from('Bücher', 'latin1'),
      'licence.txt': '*** START OF THE PROJECT GUTENBERG EBOOK X ***\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n',
      'page.html': '<p>',
      noextension: 'x',
      '.hidden.txt': 'x',
      '.git/config.txt': 'x',
    });
    await symlink(join(folder, 'gone.txt'), join(folder, 'link.txt'));
    await symlink(folder, join(folder, 'loop'));
    const { documents, skipped } = await read();
    expect(documents.map(({ path }) => path)).toEqual(['good.txt']);
    const reasons = Object.fromEntries(skipped.map(({ path, reason }) => [path, reason]));
    expect(reasons).toEqual({
      'blank.txt': 'holds no text',
      'latin.txt': 'is not valid UTF-8 (line 1): save it as UTF-8',
      'licence.txt': 'holds no text',
      'link.txt': 'does not exist',
      noextension: 'is of a kind that is not read (only .txt, .md)',
      'page.html': 'is of a kind that is not read (only .txt, .md)',
    });
  });

  it('takes only one of two names that differ in their Unicode form', async () => {
    await put({ '\u00fc.txt': 'composed', 'u\u0308.txt': 'decomposed' });
    const { documents, skipped } = await read();
    expect(documents).toHaveLength(1);
    expect(skipped).toHaveLength(1);
  });

  it('warns of names that do not name an author, if names are used', async () => {
    await put({ 'Bees, by Ann.txt': 'x', 'notes.txt': 'x' });
    expect((await read('', true)).warnings).toEqual([
      '"notes.txt" is not named "[textname], by authorname[, published YEAR]": prompts will call it "notes" and name no author. Rename it.',
    ]);
    expect((await read('', false)).warnings).toEqual([]);
  });

  it('keeps the ids of other documents when one is added', async () => {
    await put({ 'b.txt': 'B' });
    const before = (await read()).documents[0]?.id;
    await put({ 'a.txt': 'A' });
    expect((await read()).documents[1]?.id).toBe(before);
  });

  it('refuses an input that is not there', async () => {
    await expect(read('nowhere')).rejects.toThrow(InputError);
    await expect(read('nowhere')).rejects.toThrow(
      /nowhere" does not exist\. Set PATH\.INPUT to a file or folder that can be read\.$/,
    );
  });

  it('refuses an input without any text that can be used, and says what it found', async () => {
    await expect(read()).rejects.toThrow(/has no text that can be used: it has no files\. Put \.txt, \.md files there/);
    await put({ 'a.txt': '', 'b.pdf': '%PDF', 'c.txt': '', 'd.txt': '' });
    await expect(read()).rejects.toThrow(InputError);
    await expect(read()).rejects.toThrow(/"a\.txt" holds no text; "b\.pdf" is of a kind .*; and 1 more\. Put/);
  });
});

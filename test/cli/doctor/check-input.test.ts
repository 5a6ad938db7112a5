import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkInput, countChunks } from '../../../src/cli/doctor/check-input.js';
import { chunkDocument } from '../../../src/ingest/chunk-document.js';
import { temporaryFolders } from '../../support/temporary-folder.js';
import { loaded } from './settings.js';

const newFolder = temporaryFolders();
const PARAGRAPH =
  'Brine stood in the pans for nine days. On the tenth it was raked into heaps, and the heaps dried.\n\n';

async function check(files: Record<string, string | Uint8Array>, ...set: string[]) {
  const folder = await newFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const { settings } = await loaded([`PATH.INPUT=${folder}`, ...set]);
  return checkInput(settings);
}

it('counts texts and chunks', async () => {
  const { findings, chunks } = await check({ 'a.txt': PARAGRAPH.repeat(40), 'b.md': PARAGRAPH });
  const cut = [...chunkDocument({ id: 'a', text: PARAGRAPH.repeat(40) }, 400)].length + 1;
  expect(chunks).toBe(cut);
  expect(findings).toEqual([
    { check: 'input', state: 'ok', message: expect.stringMatching(new RegExp(`^2 texts in .+: ${cut} chunks$`)) },
  ]);
});

it('says how many of them a subset takes', async () => {
  const { findings, chunks } = await check(
    { 'a.txt': PARAGRAPH.repeat(60) },
    'SYSTEM.USE_SUBSET=true',
    'SYSTEM.SUBSET_SIZE=2',
  );
  expect(chunks).toBe(2);
  expect(findings[0]?.message).toMatch(/^1 text in .+ chunks, of which 2 are taken \(SYSTEM\.USE_SUBSET\)$/);
});

it('names what is left out, with the reason, and names of another form where they matter', async () => {
  const files = { 'salt.txt': PARAGRAPH, 'scan.docm': 'x', 'empty.md': ' \n' };
  const { findings } = await check(files, 'SYSTEM.USE_FILENAMES=true');
  expect(findings.map(({ state }) => state)).toEqual(['ok', 'note', 'note', 'note']);
  const said = findings.map(({ message }) => message).join('\n');
  expect(said).toMatch(/^scan\.docm is left out: it is of a kind that is not read/m);
  expect(said).toMatch(/^empty\.md is left out: it holds no text/m);
  expect(said).toMatch(/^"salt\.txt" is not named/m);
});

it('says what to do where there is nothing to read', async () => {
  const { findings, chunks } = await check({});
  expect(findings).toEqual([{ check: 'input', state: 'fix', message: expect.stringContaining('change PATH.INPUT') }]);
  expect(chunks).toBeUndefined();
});

describe('countChunks', () => {
  const documents = ['a', 'b', 'c'].map((id) => ({ id, text: PARAGRAPH.repeat(50) }));
  const all = documents.flatMap((document) => [...chunkDocument(document, 200)]).length;

  it('is exact where the input is not too long', () => {
    expect(countChunks(documents, 200)).toEqual({ count: all, isExact: true });
  });

  it('comes near from the first part of a long one', () => {
    const { count, isExact } = countChunks(documents, 200, PARAGRAPH.length * 60);
    expect(isExact).toBe(false);
    expect(Math.abs(count - all)).toBeLessThanOrEqual(all * 0.1);
  });
});

import { join } from 'node:path';
import { RunArchive } from '../../src/archive/run-archive.js';
import { findItem } from '../../src/inspect/find-item.js';
import { LocalStore } from '../../src/store/local-store.js';
import { UserError } from '../../src/user-error.js';
import { CHUNKS, writeArchive } from '../support/archive.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const [FIRST = '', SECOND = ''] = CHUNKS.map(({ id }) => id);
const RUN = 'output-1a2b3c';

describe('what a person means by', () => {
  let store: LocalStore;
  let archive: RunArchive;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
    archive = await RunArchive.open(store, await writeArchive(store));
    await store.write('master_list.jsonl', `${masterRow(`${FIRST}/c1`)}\n${masterRow(`${SECOND}/c1`)}\n`);
    await store.write('messages.jsonl', '{"messages":[]}\n{"messages":[]}\n');
    await store.write(
      'processed_masterlist.json',
      `[\n${masterRow(`${FIRST}/c1`)},\n${masterRow(`${SECOND}/c1`)}\n]\n`,
    );
    await store.write(`records/${FIRST}.json`, '{}');
    await store.write('rejected.jsonl', `${JSON.stringify({ id: `${SECOND}/q2/pair` })}\n`);
  });

  const find = (reference: string) => findItem(reference, { archive, store, run: RUN });

  it.each([
    ["a chunk's id", FIRST, { chunk: FIRST }],
    ['a part of it that no other has', '00002', { chunk: SECOND }],
    ["a workflow's id", `${RUN}/${FIRST}`, { chunk: FIRST }],
    ['a question', `${FIRST}/q2`, { chunk: FIRST, part: 'q2' }],
    ['a pair', `${FIRST}/q2/pair`, { chunk: FIRST, part: 'q2' }],
    ['a conversation', `${RUN}/${FIRST}/c1`, { chunk: FIRST, part: 'c1' }],
    ['a call', `${FIRST}/q1.v1.accuracy.2.b`, { chunk: FIRST, part: 'q1.v1.accuracy.2.b' }],
    ['a row of the list', 'master_list.jsonl:2', { chunk: SECOND, part: 'c1' }],
    ['a row of the dataset', 'messages.jsonl:1', { chunk: FIRST, part: 'c1' }],
    ['a row of the array', 'processed_masterlist.json:3', { chunk: SECOND, part: 'c1' }],
    ['what was dropped', 'rejected.jsonl:1', { chunk: SECOND, part: 'q2' }],
    ["a chunk's file", `records/${FIRST}.json`, { chunk: FIRST }],
  ])('%s', async (_what, reference, item) => {
    expect(await find(reference)).toEqual(item);
  });

  it('a file by its path', async () => {
    expect(await find(`${join(store.location, 'messages.jsonl')}:2`)).toEqual({ chunk: SECOND, part: 'c1' });
  });

  it.each([
    ['no chunk of the run', 'boats', /boats is the id of no chunk of this run/],
    ['more than one', 'canals', /canals could be any of .*00001.*, .*00002.*: give more of the id/],
    ['nothing', '', /no chunk of this run/],
    ['a line that is not there', 'messages.jsonl:9', /messages\.jsonl has 2 lines, and no line 9/],
    ['a file without a line', 'messages.jsonl', /Which line of messages\.jsonl\?/],
    ['a file that is not there', 'massages.jsonl:1', /There is no massages\.jsonl/],
    ['a line that says nothing', 'processed_masterlist.json:1', /Line 1 of processed_masterlist\.json does not say/],
  ])('is an error for people where it is %s', async (_what, reference, message) => {
    const finding = find(reference);
    await expect(finding).rejects.toThrow(message);
    await expect(finding).rejects.toBeInstanceOf(UserError);
  });
});

function masterRow(id: string): string {
  return JSON.stringify(['', 'AI Assistant', 'N/A', [], { scenario: 'N/A', source: 'Canals', chunk: '', id }]);
}

import { AnsweredSteps } from '../../src/store/answered-steps.js';
import { LocalStore } from '../../src/store/local-store.js';
import { eventually } from '../support/eventually.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

it('a later worker knows what an earlier one has learnt', async () => {
  const store = new LocalStore(await newFolder());
  const first = await AnsweredSteps.read(store);
  expect(first.has('gpt judge-paragraph')).toBe(false);
  first.add('gpt judge-paragraph');
  first.add('gpt judge-paragraph');
  expect(first.has('gpt judge-paragraph')).toBe(true);
  const later = await eventually(async () => {
    const read = await AnsweredSteps.read(store);
    return read.has('gpt judge-paragraph') ? read : undefined;
  });
  expect(later.has('gpt check-question')).toBe(false);
});

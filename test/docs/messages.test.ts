import { readdir, readFile } from 'node:fs/promises';
import { MESSAGE_FILES, NO_TROUBLE } from './message-files.js';
import { covers, messageEntries } from './message-entries.js';
import { readMessages, type SourceMessage } from './source-messages.js';

const PAGE = 'docs/when-something-goes-wrong.md';

async function allMessages(): Promise<SourceMessage[]> {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts')).sort();
  const found = await Promise.all(
    files.map((name) => `src/${name}`).map((file) => readMessages(file, { all: MESSAGE_FILES.includes(file) })),
  );
  return found.flat().filter(({ text }) => !NO_TROUBLE.includes(text));
}

const [page, messages] = [await readFile(PAGE, 'utf8'), await allMessages()];
const entries = messageEntries(page);

it('finds the messages in the sources', () => {
  expect(messages.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      '... holds no run; start one with `npx augmentoolkit run`, or name its folder with --set PATH.OUTPUT=FOLDER',
      'is empty: name a model that API.BASE_URL serves',
    ]),
  );
});

it(`has an entry in ${PAGE} for every message`, () => {
  const missing = messages.filter(({ text }) => !entries.some(({ spans }) => spans.some((span) => covers(span, text))));
  expect(missing.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

it('has no entry for a message that the program does not give', () => {
  const stale = entries.filter(({ message }) => !messages.some(({ text }) => covers(message, text)));
  expect(stale.map(({ message }) => message)).toEqual([]);
});

it.each([
  ['Port 3 is in use. Free it', 'Port ... is in use. ...', true],
  ['Port ... is in use. Free it', 'Free it', true],
  ['Port ... is free', 'Port ... is in use', false],
  ['is in use: Port ...', 'Port ... is in use', false],
])('%s against %s: %s', (entry, message, isCovered) => {
  expect(covers(entry, message)).toBe(isCovered);
});

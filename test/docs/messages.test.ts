import { readdir, readFile } from 'node:fs/promises';
import { MESSAGE_FILES, NO_TROUBLE, SAID_ELSEWHERE } from './message-files.js';
import { covers, messageEntries } from './message-entries.js';
import { readMessages, takesMessages, type SourceMessage } from './source-messages.js';

const PAGE = 'docs/when-something-goes-wrong.md';

async function sourceFiles(): Promise<string[]> {
  const names = (await readdir('src', { recursive: true })).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => `src/${name}`);
}

async function allMessages(files: readonly string[]): Promise<SourceMessage[]> {
  const found = await Promise.all(files.map((file) => readMessages(file, { all: MESSAGE_FILES.includes(file) })));
  return found.flat().filter(({ text }) => !NO_TROUBLE.includes(text));
}

const files = await sourceFiles();
const [page, messages] = [await readFile(PAGE, 'utf8'), await allMessages(files)];
const entries = messageEntries(page);

it('finds the messages in the sources', () => {
  expect(messages.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      '... holds no run; start one with `npx augmentoolkit run`, or name its folder with --set PATH.OUTPUT=FOLDER',
      'is empty: name a model that API.BASE_URL serves',
    ]),
  );
});

it('knows where the texts of all errors stand', async () => {
  expect(MESSAGE_FILES.filter((file) => !files.includes(file))).toEqual([]);
  const taking = await Promise.all(files.map(async (file) => ((await takesMessages(file)) ? [file] : [])));
  expect(taking.flat().filter((file) => !MESSAGE_FILES.includes(file))).toEqual(Object.keys(SAID_ELSEWHERE));
  const told = [...MESSAGE_FILES, ...Object.keys(SAID_ELSEWHERE)];
  expect(Object.values(SAID_ELSEWHERE).filter((file) => !told.includes(file))).toEqual([]);
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

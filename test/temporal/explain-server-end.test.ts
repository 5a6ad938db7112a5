import { explainServerEnd } from '../../src/temporal/explain-server-end.js';
import { serverFiles } from '../../src/temporal/server-process.js';

const FILES = serverFiles('/var/state');
const GB = 1_000_000_000;
const failed = (words: string) => `time=2026-01-02T03:04:05 level=ERROR msg="failed starting server: ${words}"\n`;

it.each<[string, string, number, RegExp]>([
  ['a full disk', failed('error executing statement "CREATE INDEX": database or disk is full (13)'), GB, /Make room/],
  ['a full disk, on which the log has no room either', '', 0, /Make room/],
  [
    'a database that another program holds',
    failed('Error: database is locked (5) (SQLITE_BUSY)'),
    GB,
    /End that program/,
  ],
  [
    'a file that is no database',
    failed('unable to create SQLite admin DB: file is not a database (26)'),
    GB,
    /Delete it/,
  ],
  ['a damaged one', failed('unable to create SQLite admin DB: database disk image is malformed (11)'), GB, /Delete it/],
  ['a cut one', failed('error creating namespace: SQL logic error: no such table: namespaces (1)'), GB, /Delete it/],
  ['one that is read-only', failed('attempt to write a readonly database (8)'), GB, /cannot be written/],
  [
    'what is not known',
    failed('no luck today'),
    GB,
    /It said:\n.*no luck today.*\nMore is in \/var\/state\/server\.log$/,
  ],
])('%s is explained', (_name, words, free, says) => {
  const explained = explainServerEnd(words, FILES, free);
  expect(explained).toMatch(says);
});

it('a database that is to be deleted is named, and why that is safe', () => {
  expect(explainServerEnd(failed('file is not a database (26)'), FILES, GB)).toMatch(
    /its database \/var\/state\/temporal\.db is damaged\. .*goes on from the journal/,
  );
});

it('of much that is not known the end is shown', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index} ${'x'.repeat(1_000)} end ${index}`);
  const explained = explainServerEnd(lines.join('\n'), FILES, GB);
  expect(explained).toContain('end 49');
  expect(explained).not.toContain('end 46');
  expect(explained.length).toBeLessThan(1_500);
});

import { quotedPath } from '../../src/cli/quoted-path.js';

it.each<[string, NodeJS.Platform, string]>([
  ['my-book/config.yaml', 'linux', 'my-book/config.yaml'],
  ['my book/config.yaml', 'linux', '"my book/config.yaml"'],
  ["the reader's/config.yaml", 'linux', '"the reader\'s/config.yaml"'],
  ['a $5 "book"/x.yaml', 'linux', '"a \\$5 \\"book\\"/x.yaml"'],
  ['C:\\books\\x.yaml', 'win32', 'C:\\books\\x.yaml'],
  ['C:\\my books\\x.yaml', 'win32', '"C:\\my books\\x.yaml"'],
])('%s is given to a shell of %s as %s', (path, platform, quoted) => {
  expect(quotedPath(path, platform)).toBe(quoted);
});

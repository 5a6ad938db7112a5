import { loadSettings } from '../../src/config/load.js';
import { largeKeySetting, missingKey } from '../../src/config/missing-key.js';

async function missing(set: string[], environment: NodeJS.ProcessEnv = {}) {
  return missingKey(await loadSettings({ file: 'config.yaml', fileIsDefault: true, set, environment }));
}

const REMOTE = 'API.BASE_URL=https://api.example.com/v1';
const LARGE = 'API.LARGE_BASE_URL=https://large.example.com/v1';

it.each([
  ['localhost', 'http://localhost:11434/v1'],
  ['an IPv4 loopback address', 'http://127.0.0.1:8000/v1'],
  ['the IPv6 one', 'http://[::1]:8000/v1'],
])('%s needs no key', async (_name, address) => {
  expect(await missing([`API.BASE_URL=${address}`])).toBeUndefined();
});

it.each([
  ['no key', ''],
  ['a placeholder', 'your key here'],
])('%s for a service elsewhere is said, with the variable to set', async (_name, key) => {
  const said = await missing([REMOTE, `API.API_KEY=${key}`]);
  expect(said).toMatch(
    /^api\.example\.com needs an API key: set the environment variable AUGMENTOOLKIT_API_KEY, or API\.API_KEY/,
  );
  expect(said).not.toContain('your key here');
});

it('a key that no request can hold is said for a server on this machine, too', async () => {
  const said = await missing(['API.BASE_URL=http://localhost:8000/v1', 'API.API_KEY=\u201ckey\u201d']);
  expect(said).toMatch(/^The key for localhost:8000 has a character that cannot be sent/);
  expect(said).not.toContain('\u201c');
});

it('a key from the environment will do', async () => {
  expect(await missing([REMOTE], { AUGMENTOOLKIT_API_KEY: 'k' })).toBeUndefined();
});

it('another service for the large model needs its own', async () => {
  expect(await missing([REMOTE, LARGE], { AUGMENTOOLKIT_API_KEY: 'k' })).toMatch(
    /^large\.example\.com needs an API key: set the environment variable AUGMENTOOLKIT_LARGE_API_KEY/,
  );
  expect((await missing([REMOTE, LARGE]))?.split('\n')).toHaveLength(2);
});

it.each([
  ['the common one at the same address', [REMOTE], 'API_KEY'],
  ['its own at another', [REMOTE, LARGE], 'LARGE_API_KEY'],
  ['its own at the same address, where it has one', [REMOTE, 'API.LARGE_API_KEY=other'], 'LARGE_API_KEY'],
])('the large model is called with %s', async (_which, set, expected) => {
  const environment = { AUGMENTOOLKIT_API_KEY: 'k' };
  expect(largeKeySetting(await loadSettings({ file: 'config.yaml', fileIsDefault: true, set, environment }))).toBe(
    expected,
  );
});

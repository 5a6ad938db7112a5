import { checkKeys } from '../../../src/cli/doctor/check-keys.js';
import { modelUses } from '../../../src/cli/doctor/model-uses.js';
import { loaded } from './settings.js';

const KEY = 'sk-hush-0123456789';
const LARGE_KEY = 'sk-quiet-9876543210';
const REMOTE = 'API.BASE_URL=https://api.example.com/v1';
const LARGE = 'API.LARGE_BASE_URL=https://large.example.com/v1';

it.each<[string, string[], NodeJS.ProcessEnv, [state: string, says: string][]]>([
  [
    'a server on this machine',
    ['API.BASE_URL=http://127.0.0.1:8000/v1'],
    {},
    [['ok', 'is on this machine and needs none']],
  ],
  [
    'a key from a variable',
    [REMOTE],
    { AUGMENTOOLKIT_API_KEY: ` ${KEY} ` },
    [['ok', 'variable AUGMENTOOLKIT_API_KEY']],
  ],
  ['a key from the settings', [REMOTE, `API.API_KEY=${KEY}`], {}, [['ok', 'for api.example.com from the settings']]],
  ['no key', [REMOTE], {}, [['fix', 'set the environment variable AUGMENTOOLKIT_API_KEY']]],
  [
    'two services with a key each',
    [REMOTE, LARGE, `API.API_KEY=${KEY}`],
    { AUGMENTOOLKIT_LARGE_API_KEY: LARGE_KEY },
    [
      ['ok', 'for api.example.com from the settings'],
      ['ok', 'for large.example.com from the environment variable AUGMENTOOLKIT_LARGE_API_KEY'],
    ],
  ],
  [
    'two services, and a key for the first',
    [REMOTE, LARGE],
    { AUGMENTOOLKIT_API_KEY: KEY },
    [
      ['ok', 'for api.example.com'],
      ['fix', 'large.example.com needs an API key'],
    ],
  ],
  [
    'two keys at one address',
    [REMOTE, `API.API_KEY=${KEY}`],
    { AUGMENTOOLKIT_LARGE_API_KEY: LARGE_KEY },
    [
      ['ok', 'for api.example.com from the settings (API.API_KEY)'],
      ['ok', 'for api.example.com from the environment variable AUGMENTOOLKIT_LARGE_API_KEY'],
    ],
  ],
  [
    'a key that cannot be sent, to a server on this machine',
    ['API.BASE_URL=http://127.0.0.1:8000/v1'],
    { AUGMENTOOLKIT_API_KEY: 'sk-hush-\u201cquoted\u201d' },
    [['fix', 'has a character that cannot be sent in a request']],
  ],
])('%s', async (_name, set, environment, expected) => {
  const findings = checkKeys(await loaded(set, environment), environment);
  expect(findings.map(({ state, message }) => [state, message])).toEqual(
    expected.map(([state, says]) => [state, expect.stringContaining(says)]),
  );
  expect(JSON.stringify(findings)).not.toMatch(/hush|quiet/);
});

it('one model at one address with two keys is two, as either key may be wrong', async () => {
  const set = [REMOTE, 'API.LOGICAL_MODEL=m', `API.API_KEY=${KEY}`, `API.LARGE_API_KEY=${LARGE_KEY}`];
  expect(modelUses(await loaded(set))).toMatchObject([
    { roles: ['logical'], key: KEY, keySetting: 'API_KEY' },
    { roles: ['large'], key: LARGE_KEY, keySetting: 'LARGE_API_KEY' },
  ]);
});

it('one model at one address is one, whatever it is used for', async () => {
  const set = [REMOTE, 'API.LOGICAL_MODEL=m'];
  expect(modelUses(await loaded(set))).toMatchObject([{ roles: ['logical', 'large'], model: 'm' }]);
  expect(modelUses(await loaded([...set, 'API.LARGE_LOGICAL_MODEL=n']))).toMatchObject([
    { roles: ['logical'], setting: 'API.LOGICAL_MODEL', model: 'm' },
    { roles: ['large'], setting: 'API.LARGE_LOGICAL_MODEL', model: 'n' },
  ]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSettings } from '../../src/config/load.js';
import { SettingsError } from '../../src/config/settings-error.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const MINIMAL = `
API:
  BASE_URL: http://127.0.0.1:8080/v1
  LOGICAL_MODEL: small
SYSTEM:
  ASSISTANT_MODE: true
`;

async function load(content: string, set: string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const file = join(folder, 'config.yaml');
  await writeFile(file, content);
  return loadSettings({ file, fileIsDefault: true, set, environment });
}

/** What is said about the settings, line by line, without the folder. */
async function problemsOf(content: string, set: string[] = []): Promise<string[]> {
  const error = await load(content, set).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SettingsError)) throw new Error('these settings should have been refused', { cause: error });
  return error.message.split('\n').map((line) => line.replace(join(folder, '/'), ''));
}

describe('a file that loads', () => {
  it('has a default for everything it leaves out or leaves empty', async () => {
    const { settings, warnings } = await load(`${MINIMAL}  CHUNK_SIZE:\nLIMITS:\n`);
    expect(settings.SYSTEM).toMatchObject({
      CHUNK_SIZE: 400,
      CONCURRENCY_LIMIT: 50,
      DOUBLE_CHECK_COUNTER: 3,
      STOP: true,
    });
    expect(settings.LIMITS.REQUEST_TIMEOUT).toBe(120);
    expect(settings.API).toEqual({
      BASE_URL: 'http://127.0.0.1:8080/v1',
      LOGICAL_MODEL: 'small',
      LARGE_BASE_URL: 'http://127.0.0.1:8080/v1',
      LARGE_LOGICAL_MODEL: 'small',
      QUANTIZATION_SMALL: '',
      QUANTIZATION_LARGE: '',
    });
    expect(warnings).toEqual([]);
  });

  it('may be an old one, with quoted numbers, Python flags and a slash after the address', async () => {
    const { settings, warnings } = await load(`
PATH:
  INPUT: "./raw_txt_input"
API:
  API_KEY: "secret-word"
  BASE_URL: "https://api.example.com/v1/"
  LOGICAL_MODEL: "some/model"
  LARGE_LOGICAL_MODEL: "some/large-model"
  QUANTIZATION_SMALL: "gptq"
  QUANTIZATION_LARGE: "gptq"
SYSTEM:
  USE_FILENAMES: False
  ASSISTANT_MODE: "True"
  DOUBLE_CHECK_COUNTER: "5"
  USE_SUBSET: "false"
  CONCURRENCY_LIMIT: '90'
  COMPLETION_MODE: False
  MODE: "API"
  STOP: True
`);
    expect(settings.PATH.INPUT).toBe(join(folder, 'raw_txt_input'));
    expect(settings.API.BASE_URL).toBe('https://api.example.com/v1');
    expect(settings.SYSTEM).toMatchObject({
      ASSISTANT_MODE: true,
      DOUBLE_CHECK_COUNTER: 5,
      CONCURRENCY_LIMIT: 90,
      MODE: 'api',
    });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/config\.yaml:9 API\.QUANTIZATION_SMALL is for engines inside the program/);
  });

  it('takes paths from its own folder, and those of the command line from the current one', async () => {
    const { settings } = await load(`${MINIMAL}PATH: { INPUT: books, OUTPUT: ../made }`, ['PATH.INPUT=other/books']);
    expect(settings.PATH).toEqual({
      INPUT: resolve('other/books'),
      OUTPUT: resolve(folder, '../made'),
      DEFAULT_PROMPTS: join(folder, 'prompts'),
      PROMPTS: join(folder, 'prompts'),
    });
  });
});

describe('--set', () => {
  it('goes before the file, the last one first, with its value taken as it is', async () => {
    const { settings } = await load(MINIMAL, [
      'SYSTEM.CHUNK_SIZE=200',
      'SYSTEM.CHUNK_SIZE=300',
      'SYSTEM.USE_SUBSET=true',
      'SYSTEM.ASSISTANT_PROMPT=Answer: in = one # sentence',
      'API.LOGICAL_MODEL=@vendor/model',
    ]);
    expect(settings.SYSTEM).toMatchObject({
      CHUNK_SIZE: 300,
      USE_SUBSET: true,
      ASSISTANT_PROMPT: 'Answer: in = one # sentence',
    });
    expect(settings.API.LOGICAL_MODEL).toBe('@vendor/model');
  });

  it('names a price by its model, dots and all, beside those of the file', async () => {
    const { settings } = await load(`${MINIMAL}PRICES: { small: { INPUT: 1, OUTPUT: 2 } }`, [
      'PRICES.vendor/model-3.1.INPUT=0.15',
      'PRICES.vendor/model-3.1.CACHED_INPUT=0.01',
      'PRICES.vendor/model-3.1.OUTPUT=0.6',
      'PRICES.small.OUTPUT=3',
    ]);
    expect(settings.PRICES).toEqual({
      small: { INPUT: 1, OUTPUT: 3 },
      'vendor/model-3.1': { INPUT: 0.15, CACHED_INPUT: 0.01, OUTPUT: 0.6 },
    });
  });

  it('brings the default back with an empty value', async () => {
    const { settings } = await load(`${MINIMAL}  CHUNK_SIZE: 200`, ['SYSTEM.CHUNK_SIZE=']);
    expect(settings.SYSTEM.CHUNK_SIZE).toBe(400);
  });

  it.each([
    ['SYSTEM.CHUNKSIZE=3', '--set SYSTEM.CHUNKSIZE is not a setting; did you mean SYSTEM.CHUNK_SIZE?'],
    ['CHUNK_SIZE=300', '--set CHUNK_SIZE is not a setting; did you mean SYSTEM.CHUNK_SIZE?'],
    ['SYSTEM.CHUNK_SIZE=few', '--set SYSTEM.CHUNK_SIZE must be a whole number from 100 to 4000'],
    ['SYSTEM=3', '--set SYSTEM must hold settings, one a line, indented'],
    ['SYSTEM.CHUNK_SIZE', '--set needs KEY=VALUE, as in --set SYSTEM.CHUNK_SIZE=300'],
  ])('%s is refused', async (assignment, problem) => {
    expect(await problemsOf(MINIMAL, [assignment])).toContain(problem);
  });
});

describe('refused settings', () => {
  it('are all named at once, each with its line', async () => {
    const problems = await problemsOf(`API:
  BASE_URL: https://api.example.com/v1/chat/completions
SYSTEM:
  CONCURENCY_LIMIT: 50
  CHUNK_SIZE: 5
  SEED: 1.5
  STOP: maybe
PATHS:
  INPUT: ./texts
LIMITS:
  - 3
`);
    expect(problems.toSorted()).toEqual([
      'config.yaml API.LOGICAL_MODEL is empty: name a model that API.BASE_URL serves',
      'config.yaml:10 LIMITS must hold settings, one a line, indented',
      'config.yaml:2 API.BASE_URL must end before /chat/completions, which is added by itself',
      'config.yaml:4 SYSTEM.CONCURENCY_LIMIT is not a setting; did you mean SYSTEM.CONCURRENCY_LIMIT?',
      'config.yaml:5 SYSTEM.CHUNK_SIZE must be a whole number from 100 to 4000',
      `config.yaml:6 SYSTEM.SEED must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
      'config.yaml:7 SYSTEM.STOP must be true or false',
      'config.yaml:8 PATHS is not a setting; did you mean PATH?',
    ]);
  });

  it.each([
    ['SYSTEM.COMPLETION_MODE=true', 'is not available yet; set it to false'],
    [
      'SYSTEM.MODE=aphrodite',
      'must be api; serve a local model with an OpenAI-compatible server and set API.BASE_URL to it',
    ],
    ['LIMITS.REQUESTS_PER_MINUTE=0.5', 'must be a whole number from 0 to 1000000'],
    ['LIMITS.TOKENS_PER_MINUTE=-1', 'must be a whole number from 0 to 1000000000'],
    ['API.BASE_URL=api.example.com/v1', 'must be the address of a service, as in https://api.example.com/v1'],
    ['API.LARGE_BASE_URL=http://', 'must be the address of a service, as in https://api.example.com/v1'],
    ['API.LARGE_BASE_URL=https://x.example/v1/completions', 'must end before /completions, which is added by itself'],
    [
      'API.BASE_URL=https://me:pw@x.example/v1',
      'must not hold a user, a password, a query or a fragment (#); keys go into API_KEY',
    ],
    [
      'API.BASE_URL=https://x.example/v1?key=hush-hush',
      'must not hold a user, a password, a query or a fragment (#); keys go into API_KEY',
    ],
    [
      'API.BASE_URL=https://x.example/v1#hush-hush',
      'must not hold a user, a password, a query or a fragment (#); keys go into API_KEY',
    ],
    ['PATH.OUTPUT= ', 'is empty: name a folder'],
    ['PATH.OUTPUT=samples/made', 'lies in PATH.INPUT, so a run would read its own files; choose a folder outside'],
    ['TEMPORAL.UI_PORT=7233', 'must be another port than TEMPORAL.PORT'],
  ])('%s', async (assignment, what) => {
    const key = assignment.slice(0, assignment.indexOf('='));
    expect(await problemsOf(MINIMAL, ['PATH.INPUT=samples', assignment])).toEqual([`--set ${key} ${what}`]);
  });

  it.each([
    ['no number', '{ INPUT: cheap, OUTPUT: 1 }', 'INPUT must be a number, 0 or more'],
    ['less than nothing', '{ INPUT: 1, OUTPUT: -1 }', 'OUTPUT must be a number, 0 or more'],
    ['half a price', '{ INPUT: 1 }', 'OUTPUT must be a number, 0 or more'],
    ['one number', '3', 'must hold INPUT and OUTPUT, and may hold CACHED_INPUT'],
    [
      'another kind of tokens',
      '{ INPUT: 1, OUTPUT: 1, REASONING: 2 }',
      'has REASONING; a price has INPUT, OUTPUT and CACHED_INPUT',
    ],
  ])('a price that is %s', async (_what, price, problem) => {
    const content = `${MINIMAL}LIMITS: { MAX_COST: 5 }\nPRICES:\n  vendor/small-3.1: ${price}\n`;
    expect(await problemsOf(content.replace('small\n', 'vendor/small-3.1\n'))).toEqual([
      `config.yaml:9 PRICES.vendor/small-3.1 ${problem}`,
    ]);
  });

  it('a limit on money with models whose price is not known', async () => {
    const settings = [
      'LIMITS.MAX_COST=5',
      'API.LARGE_LOGICAL_MODEL=large',
      'PRICES.small.INPUT=1',
      'PRICES.small.OUTPUT=2',
    ];
    expect(await problemsOf(MINIMAL, settings)).toEqual([
      'config.yaml PRICES.large is not there, and LIMITS.MAX_COST needs it: ' +
        'write what a million tokens cost, as in PRICES: { "large": { INPUT: 0.5, OUTPUT: 1.5 } }',
    ]);
  });

  it.each([
    ['a tab', 'API:\n\tAPI_KEY: hush-hush', 'config.yaml:2 is indented with a tab: use spaces'],
    [
      'a key given twice',
      'API:\n  API_KEY: hush-hush\n  API_KEY: hush-hush',
      'config.yaml:3 gives a key a second time',
    ],
    ['an open quote', 'API:\n  API_KEY: "hush-hush', 'config.yaml:2 lacks a quote, a bracket, a comma or a colon'],
    [
      'a star before a value',
      'API:\n  API_KEY: *hush-hush',
      'config.yaml uses an alias (*name) without its anchor (&name): put the value in quotes',
    ],
    [
      'a word too much',
      'API:\n  API_KEY: "a" hush-hush',
      'config.yaml:2 is not valid YAML: look at its quotes, colons and indentation',
    ],
    ['a list', '- API', 'config.yaml:1 is not a list of settings: see config.yaml'],
    ['a key that is a number', 'API: { API_KEY: 4711 }', 'config.yaml:1 API.API_KEY must be text: put it in quotes'],
  ])('%s is named with its line and without what stands there', async (_fault, content, problem) => {
    const problems = await problemsOf(content);
    expect(problems).toContain(problem);
    expect(problems.join('\n')).not.toMatch(/hush|4711/);
  });

  it('a missing file is named, with what to do', async () => {
    const file = join(folder, 'nowhere.yaml');
    await expect(loadSettings({ file, fileIsDefault: false, set: [] })).rejects.toThrow(`There is no file ${file}`);
    await expect(loadSettings({ file, fileIsDefault: true, set: [] })).rejects.toThrow(
      'name another with --config FILE',
    );
    await expect(loadSettings({ file: folder, fileIsDefault: false, set: [] })).rejects.toThrow(
      'cannot be read (EISDIR)',
    );
  });
});

describe('API keys', () => {
  const WITH_KEYS = MINIMAL.replace('API:\n', 'API:\n  API_KEY: file-key\n');

  it.each([
    ['from the file', {}, [], { logical: 'file-key', large: 'file-key' }],
    ['from the environment first', { AUGMENTOOLKIT_API_KEY: 'env-key' }, [], { logical: 'env-key', large: 'env-key' }],
    [
      'not for another address',
      {},
      ['API.LARGE_BASE_URL=https://other.example/v1'],
      { logical: 'file-key', large: '' },
    ],
    [
      'its own for another address',
      { AUGMENTOOLKIT_LARGE_API_KEY: 'large-env-key' },
      ['API.LARGE_BASE_URL=https://other.example/v1', 'API.LARGE_API_KEY=set-key'],
      { logical: 'file-key', large: 'large-env-key' },
    ],
    ['its own for the same address', {}, ['API.LARGE_API_KEY=set-key'], { logical: 'file-key', large: 'set-key' }],
  ])('%s', async (_case, environment, set, keys) => {
    const loaded = await load(WITH_KEYS, set, environment);
    expect(loaded.keys).toEqual(keys);
    expect(JSON.stringify(loaded.settings)).not.toMatch(/file-key|set-key|env-key/);
  });
});

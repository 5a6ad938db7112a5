import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { loadSettings } from '../../src/config/load.js';
import { SETTINGS } from '../../src/config/schema.js';

/** Where our config.yaml gives another value than the default: it must run as it is. */
const ON_PURPOSE: Readonly<Record<string, unknown>> = {
  'SYSTEM.ASSISTANT_MODE': true,
  'API.LOGICAL_MODEL': 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
};

async function settingsInFile(): Promise<[string, unknown][]> {
  const groups: Record<string, Record<string, unknown>> = parse(await readFile('config.yaml', 'utf8'));
  return Object.entries(groups).flatMap(([group, settings]): [string, unknown][] =>
    group === 'PRICES'
      ? [[group, settings]]
      : Object.entries(settings).map(([key, value]) => [`${group}.${key}`, value]),
  );
}

it('config.yaml names every setting with its default, in the order of the schema, and nothing else', async () => {
  const expected = SETTINGS.map((setting) => [setting.key, ON_PURPOSE[setting.key] ?? setting.default]);
  expect(await settingsInFile()).toEqual(expected);
});

it('config.yaml loads as it is, without a warning', async () => {
  const { warnings } = await loadSettings({ file: 'config.yaml', fileIsDefault: true, set: [], environment: {} });
  expect(warnings).toEqual([]);
});

it('every setting says in a sentence what it does', () => {
  expect(SETTINGS.filter(({ sentence }) => !/^[A-Z].{15,}\.$/.test(sentence))).toEqual([]);
});

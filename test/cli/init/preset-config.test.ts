import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPreset } from '../../../src/cli/init/find-preset.js';
import { presetConfig } from '../../../src/cli/init/preset-config.js';
import { PRESETS } from '../../../src/cli/init/presets.js';
import { loadSettings } from '../../../src/config/load.js';
import { isLoopback, missingKey } from '../../../src/config/missing-key.js';
import { temporaryFolders } from '../../support/temporary-folder.js';

const newFolder = temporaryFolders();

async function load(config: string) {
  const folder = await newFolder();
  const file = join(folder, 'config.yaml');
  await writeFile(file, config);
  return { folder, loaded: await loadSettings({ file, fileIsDefault: false, set: [], environment: {} }) };
}

describe.each(PRESETS.map((preset) => [preset.name, preset] as const))('the settings for %s', (_name, preset) => {
  it('load without a warning, and are those of the preset', async () => {
    const { folder, loaded } = await load(presetConfig(await readFile('config.yaml', 'utf8'), preset, '../prompts'));
    expect(loaded.warnings).toEqual([]);
    expect(loaded.settings.API).toMatchObject({
      BASE_URL: preset.baseUrl,
      LOGICAL_MODEL: preset.logicalModel,
      LARGE_LOGICAL_MODEL: preset.largeModel || preset.logicalModel,
      LARGE_BASE_URL: preset.baseUrl,
    });
    expect(loaded.settings.SYSTEM.CONCURRENCY_LIMIT).toBe(preset.concurrencyLimit);
    expect(loaded.settings.PATH).toEqual({
      INPUT: join(folder, 'texts'),
      OUTPUT: join(folder, 'output'),
      PROMPTS: join(folder, 'prompts'),
      DEFAULT_PROMPTS: join(folder, '..', 'prompts'),
    });
  });

  it('differ from the program’s own in no other value', async () => {
    const own = await loadSettings({ file: 'config.yaml', fileIsDefault: true, set: [], environment: {} });
    const { loaded } = await load(presetConfig(await readFile('config.yaml', 'utf8'), preset, '../prompts'));
    const rest = ({ API, SYSTEM, PATH: _path, ...others }: typeof own.settings) => ({
      ...others,
      API: { ...API, BASE_URL: '', LARGE_BASE_URL: '', LOGICAL_MODEL: '', LARGE_LOGICAL_MODEL: '' },
      SYSTEM: { ...SYSTEM, CONCURRENCY_LIMIT: 0 },
    });
    expect(rest(loaded.settings)).toEqual(rest(own.settings));
  });

  it('need a key just where the preset says where to get one', async () => {
    const { loaded } = await load(presetConfig(await readFile('config.yaml', 'utf8'), preset, '../prompts'));
    expect(missingKey(loaded) !== undefined).toBe(preset.keyPage !== undefined);
    expect(isLoopback(preset.baseUrl)).toBe(preset.start !== undefined);
  });
});

it('the settings keep every comment and every line in its place', async () => {
  const own = (await readFile('config.yaml', 'utf8')).trimEnd().split('\n');
  const made = presetConfig(own.join('\n'), findPreset('openai'), '../prompts').trimEnd().split('\n');
  const head = made.findIndex((line) => line === own[0]);
  const keyOf = (line: string) => (/^\s*#/.test(line) ? line : line.replace(/^(\s*\w+:).*/, '$1'));
  const about = own.findIndex((line) => line.includes('unless its comment names another'));
  expect(made[head + about]).toContain('(but for PATH, API and CONCURRENCY_LIMIT, which `init` has set), unless its');
  const others = (lines: string[]) => lines.filter((_line, index) => index !== about).map(keyOf);
  expect(others(made.slice(head))).toEqual(others(own));
});

it('the settings begin with what is to be known of the service, in lines that fit', async () => {
  const made = presetConfig(await readFile('config.yaml', 'utf8'), findPreset('ollama'), '../prompts');
  const [head = ''] = made.split('\n\n');
  expect(head).toMatch(/^# Made by `augmentoolkit init` for Ollama on this machine\. The models are examples/);
  expect(head).toContain('ollama serve');
  expect(head.split('\n').filter((line) => !line.startsWith('# ') || line.length > 120)).toEqual([]);
});

it('a path and a model with signs of YAML come back as they are', async () => {
  const preset = { ...findPreset('vllm'), logicalModel: 'me/model: "new" #2' };
  const { loaded } = await load(presetConfig(await readFile('config.yaml', 'utf8'), preset, '../my #1: prompts'));
  expect(loaded.settings.API.LOGICAL_MODEL).toBe('me/model: "new" #2');
  expect(loaded.settings.PATH.DEFAULT_PROMPTS).toMatch(/my #1: prompts$/);
});

describe('a preset is found', () => {
  it('by its name, in any case', () => {
    expect(findPreset('OpenRouter').baseUrl).toBe('https://openrouter.ai/api/v1');
  });

  it.each([
    ['togehter', 'did you mean together?'],
    ['llamacpp', 'did you mean llama-cpp?'],
    ['open-ai', 'did you mean openai?'],
  ])('or not, and then the nearest is named: %s', (name, said) => {
    expect(() => findPreset(name)).toThrow(said);
  });

  it.each([undefined, '', ' '])('where none is named (%j), all are listed, a line each', (none) => {
    expect(() => findPreset(none)).toThrow(new RegExp(PRESETS.map(({ name }) => `\n  ${name} +\\S.*`).join('')));
  });
});

it('no two presets have the same name or address', () => {
  expect(new Set(PRESETS.map(({ name }) => name)).size).toBe(PRESETS.length);
  expect(new Set(PRESETS.map(({ baseUrl }) => baseUrl)).size).toBe(PRESETS.length);
});

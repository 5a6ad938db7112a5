import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { processEnvironment } from './environment.js';
import { COMMAND_LINE, isGroup, parseSettingsFile, withAssignments, type GivenSettings } from './given-settings.js';
import { nearestSetting } from './nearest-setting.js';
import { checkRules, unusedSettings, type Problem } from './rules.js';
import { settingsSchema, type Settings, type SettingsWithKeys } from './schema.js';
import { SettingsError } from './settings-error.js';

export interface LoadOptions {
  file: string;
  /** True where nobody named the file, for the words of the error when it is missing. */
  fileIsDefault: boolean;
  /** `KEY=VALUE` each; paths in them are relative to the current folder. */
  set: readonly string[];
  environment?: NodeJS.ProcessEnv;
}

/** API keys, kept apart from what is stored and shown. Empty where there is none. */
export interface ApiKeys {
  logical: string;
  large: string;
}

export interface LoadedSettings {
  settings: Settings;
  /** Absolute. */
  file: string;
  keys: ApiKeys;
  warnings: string[];
}

/**
 * Reads the file, parses it, and checks it against schema and rules.
 *
 * @throws SettingsError with all that is wrong, one problem a line
 */
export async function loadSettings(options: LoadOptions): Promise<LoadedSettings> {
  const file = resolve(options.file);
  const shownAs = shortPath(file);
  const content = await readSettingsFile(file, options.fileIsDefault);
  const given = withAssignments(parseSettingsFile(content, shownAs), options.set);
  const say = ({ key, what }: Problem) => `${given.places.get(key) ?? shownAs} ${key} ${what}`;

  const { parsed, problems } = applySchema(given);
  const complete = completeSettings(parsed, given, dirname(file));
  const alreadySaid = new Set(problems.map(({ key }) => key));
  problems.push(...checkRules(complete).filter(({ key }) => !alreadySaid.has(key)));
  if (problems.length > 0) throw new SettingsError(problems.map(say));

  return {
    settings: withoutKeys(complete),
    file,
    keys: readKeys(complete.API, options.environment ?? processEnvironment()),
    warnings: unusedSettings(complete).map(say),
  };
}

async function readSettingsFile(file: string, isDefault: boolean): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
    throw new SettingsError([describeUnreadable(file, isDefault, code)]);
  }
}

function describeUnreadable(file: string, isDefault: boolean, code: string): string {
  if (code !== 'ENOENT') return `${shortPath(file)} cannot be read (${code})`;
  if (!isDefault) return `There is no file ${file}; --config must name a settings file`;
  return (
    `There is no config.yaml in ${dirname(file)}. Go to the folder that has it, name another with --config FILE, ` +
    `or copy the config.yaml that comes with Augmentoolkit`
  );
}

/** Where the schema finds fault, the rest is still parsed, with defaults in place of the faults, so that the rules see it. */
function applySchema({ values }: GivenSettings): { parsed: SettingsWithKeys; problems: Problem[] } {
  const result = settingsSchema.safeParse(values);
  if (result.success) return { parsed: result.data, problems: [] };
  const problems = result.error.issues.flatMap(describeIssue);
  return { parsed: settingsSchema.parse(without(values, problems)), problems };
}

function describeIssue(issue: z.core.$ZodIssue): Problem[] {
  const [group, model, ...inside] = issue.path;
  if (group === 'PRICES' && model !== undefined) {
    return [{ key: `PRICES.${String(model)}`, what: describePriceIssue(issue, inside.join('.')) }];
  }
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ key: path, what: issue.message }];
  return issue.keys.map((name) => {
    const key = path === '' ? name : `${path}.${name}`;
    return { key, what: `is not a setting; did you mean ${nearestSetting(key)}?` };
  });
}

function describePriceIssue(issue: z.core.$ZodIssue, field: string): string {
  if (issue.code !== 'unrecognized_keys') return [field, issue.message].filter((part) => part !== '').join(' ');
  return `has ${issue.keys.join(', ')}; a price has INPUT, OUTPUT and CACHED_INPUT`;
}

function without(values: Record<string, unknown>, problems: readonly Problem[]): Record<string, unknown> {
  const rest = structuredClone(values);
  for (const { key } of problems) {
    const [group = '', name] = key.split(/\.(.*)/s);
    const settings = rest[group];
    if (name !== undefined && isGroup(settings)) delete settings[name];
    else delete rest[group];
  }
  return rest;
}

/** Paths absolute, addresses without a slash at the end, and what is left empty filled from what it falls back to. */
function completeSettings(parsed: SettingsWithKeys, given: GivenSettings, folder: string): SettingsWithKeys {
  const absolute = (name: keyof SettingsWithKeys['PATH']): string => {
    const path = parsed.PATH[name];
    if (path === '') return path;
    return given.places.get(`PATH.${name}`) === COMMAND_LINE ? resolve(path) : resolve(folder, path);
  };
  const API = {
    ...parsed.API,
    BASE_URL: withoutSlash(parsed.API.BASE_URL),
    LARGE_BASE_URL: withoutSlash(parsed.API.LARGE_BASE_URL || parsed.API.BASE_URL),
    LARGE_LOGICAL_MODEL: parsed.API.LARGE_LOGICAL_MODEL || parsed.API.LOGICAL_MODEL,
  };
  const PATH = {
    INPUT: absolute('INPUT'),
    OUTPUT: absolute('OUTPUT'),
    DEFAULT_PROMPTS: absolute('DEFAULT_PROMPTS'),
    PROMPTS: absolute('PROMPTS'),
  };
  return { ...parsed, PATH, API };
}

function readKeys(api: SettingsWithKeys['API'], environment: NodeJS.ProcessEnv): ApiKeys {
  const logical = environment['AUGMENTOOLKIT_API_KEY']?.trim() || api.API_KEY;
  const large = environment['AUGMENTOOLKIT_LARGE_API_KEY']?.trim() || api.LARGE_API_KEY;
  return { logical, large: large || (api.LARGE_BASE_URL === api.BASE_URL ? logical : '') };
}

function withoutKeys(settings: SettingsWithKeys): Settings {
  const { API_KEY: _key, LARGE_API_KEY: _largeKey, ...API } = settings.API;
  return { ...settings, API };
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** As people name it from here. */
function shortPath(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') || isAbsolute(short) ? file : short;
}

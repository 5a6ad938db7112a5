import { z } from 'zod';
import { amount, choice, flag, group, requiredAmount, text, wholeNumber } from './values.js';

/** Every setting: its type, its default, and what it does in one sentence. Keys of old Augmentoolkit files keep their names. */

const PATH = group({
  INPUT: text('./samples', 'The file or folder with the texts to learn from.'),
  OUTPUT: text(
    './output',
    'The folder for everything a run makes; a run is continued by naming the same folder again.',
  ),
  DEFAULT_PROMPTS: text('./prompts', 'The folder with a prompt for every step.'),
  PROMPTS: text('./prompts', 'A folder whose prompts go before those in DEFAULT_PROMPTS.'),
});

const API = group({
  API_KEY: text('', 'The key for BASE_URL; the environment variable AUGMENTOOLKIT_API_KEY goes first.'),
  BASE_URL: text(
    'https://api.together.xyz/v1',
    'The address of an OpenAI-compatible service, without /chat/completions.',
  ),
  LOGICAL_MODEL: text('', 'The model for every step but the writing of conversations.'),
  LARGE_LOGICAL_MODEL: text('', 'The model that writes the conversations; empty: LOGICAL_MODEL.'),
  LARGE_BASE_URL: text('', 'The address of the service that has the large model; empty: BASE_URL.'),
  LARGE_API_KEY: text(
    '',
    'The key for LARGE_BASE_URL; the environment variable AUGMENTOOLKIT_LARGE_API_KEY goes first.',
  ),
  QUANTIZATION_SMALL: text('', 'Of old files, for engines inside the program; not used.'),
  QUANTIZATION_LARGE: text('', 'Of old files, for engines inside the program; not used.'),
});

const SYSTEM = group({
  USE_FILENAMES: flag(false, 'Tell the model title and author, read from file names like "Title, by Author.txt".'),
  ASSISTANT_MODE: flag(false, 'Write talks of a user and a plain assistant instead of role-play.'),
  DOUBLE_CHECK_COUNTER: wholeNumber(
    { default: 3, min: 0, max: 9 },
    'How many votes each check of a question has; 0: questions are not checked.',
  ),
  USE_SUBSET: flag(false, 'Take SUBSET_SIZE chunks only, to try things out.'),
  SUBSET_SIZE: wholeNumber(
    { default: 13, min: 1, max: 1_000_000 },
    'How many chunks USE_SUBSET takes, spread over all texts.',
  ),
  REARRANGEMENTS_TO_TAKE: wholeNumber(
    { default: 3, min: 0, max: 24 },
    'How many conversations each chunk gives, each asking its questions in another order; 0: pairs only.',
  ),
  CONCURRENCY_LIMIT: wholeNumber(
    { default: 50, min: 1, max: 2_000 },
    'How many calls to each model run at the same time.',
  ),
  CHUNK_SIZE: wholeNumber({ default: 400, min: 100, max: 4_000 }, 'The size of a chunk in tokens, at most.'),
  SEED: wholeNumber(
    { default: 1, min: 0, max: Number.MAX_SAFE_INTEGER },
    'Decides subsets and the order of questions; another number gives others.',
  ),
  QUESTION_VERSIONS: wholeNumber(
    { default: 5, min: 1, max: 20 },
    'How many versions of a question are checked before it is given up.',
  ),
  CONVERSATION_ATTEMPTS: wholeNumber(
    { default: 2, min: 1, max: 10 },
    'How many times a conversation that fails its checks may be written.',
  ),
  ASSISTANT_PROMPT: text(
    'You are a helpful assistant who answers questions accurately and completely.',
    'The system message of the conversations in the dataset.',
  ),
  COMPLETION_MODE: flag(false, 'Use completion prompts instead of chat; only false for now.'),
  MODE: choice(
    ['api', 'aphrodite'],
    'Where the models are: api, an OpenAI-compatible service; local engines are reached the same way.',
  ),
  GRAPH: flag(false, 'Also draw graph.svg: how many chunks of each text were worthy of questions.'),
  STOP: flag(true, 'Send the stop strings that prompts name; turn it off for services that refuse them.'),
});

const LIMITS = group({
  REQUEST_TIMEOUT: wholeNumber({ default: 120, min: 1, max: 300 }, 'How many seconds a model may take for an answer.'),
  REQUESTS_PER_MINUTE: wholeNumber(
    { default: 0, min: 0, max: 1_000_000 },
    'How many calls to each model may start in a minute; 0: no limit.',
  ),
  TOKENS_PER_MINUTE: wholeNumber(
    { default: 0, min: 0, max: 1_000_000_000 },
    'How many tokens, in and out, the calls to each model may take in a minute; 0: no limit.',
  ),
  MAX_COST: amount(0, 'Money to spend at most, over the life of OUTPUT; 0: no limit. Needs PRICES.'),
});

/** What a model costs, in money per million tokens. */
const PRICE = z.strictObject(
  { INPUT: requiredAmount(), OUTPUT: requiredAmount(), CACHED_INPUT: requiredAmount().optional() },
  { error: 'must hold INPUT and OUTPUT, and may hold CACHED_INPUT' },
);

const PRICES = z
  .record(z.string(), PRICE, { error: 'must be a list of models with their prices' })
  .default({})
  .describe('What each model costs, in money per million tokens; whatever currency you like.');

const TEMPORAL = group({
  ADDRESS: text(
    '',
    'The address of a Temporal server; empty: TEMPORAL_ADDRESS or a temporal.toml profile, else a local server.',
  ),
  NAMESPACE: text('', 'The Temporal namespace; empty: TEMPORAL_NAMESPACE or the profile, else "default".'),
  PROFILE: text('', 'The profile in temporal.toml; empty: TEMPORAL_PROFILE, else "default".'),
  PORT: wholeNumber({ default: 7_233, min: 1, max: 65_535 }, 'The port of the local Temporal server.'),
  UI_PORT: wholeNumber({ default: 8_233, min: 1, max: 65_535 }, 'The port of its Web UI.'),
});

export const settingsSchema = z.strictObject(
  {
    PATH: PATH.prefault({}),
    API: API.prefault({}),
    SYSTEM: SYSTEM.prefault({}),
    LIMITS: LIMITS.prefault({}),
    PRICES,
    TEMPORAL: TEMPORAL.prefault({}),
  },
  { error: 'must hold the groups of settings: PATH, API, SYSTEM, LIMITS, PRICES, TEMPORAL' },
);

/** By model. `CACHED_INPUT`: of input that the provider had in its cache; without it, such input costs as any other. */
export type Prices = z.output<typeof PRICES>;
export type Price = z.output<typeof PRICE>;

/** As the file and the command line give them, keys included. Never stored, never shown. */
export type SettingsWithKeys = z.output<typeof settingsSchema>;

/** The settings of a run, without API keys, so that they can be stored. Paths are absolute, addresses without a slash at the end. */
export type Settings = Omit<SettingsWithKeys, 'API'> & {
  API: Omit<SettingsWithKeys['API'], 'API_KEY' | 'LARGE_API_KEY'>;
};

export interface SettingDescription {
  /** As in `SYSTEM.CHUNK_SIZE`. */
  key: string;
  default: unknown;
  sentence: string;
}

/** All settings in the order of the schema. */
export const SETTINGS: readonly SettingDescription[] = [
  ...describeGroup('PATH', PATH),
  ...describeGroup('API', API),
  ...describeGroup('SYSTEM', SYSTEM),
  ...describeGroup('LIMITS', LIMITS),
  describeSetting('PRICES', PRICES),
  ...describeGroup('TEMPORAL', TEMPORAL),
];

function describeGroup(name: string, { shape }: z.ZodObject<Record<string, z.ZodType>>): SettingDescription[] {
  return Object.entries(shape).map(([key, setting]) => describeSetting(`${name}.${key}`, setting));
}

function describeSetting(key: string, setting: z.ZodType): SettingDescription {
  return { key, default: setting.parse(undefined), sentence: setting.description ?? '' };
}

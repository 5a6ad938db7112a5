import { relative, sep } from 'node:path';
import type { SettingsWithKeys } from './schema.js';

/** What is wrong with a setting and what to do; `what` goes on after the key's name. */
export interface Problem {
  key: string;
  what: string;
}

type Rule = (settings: SettingsWithKeys) => Problem[];

/** What the schema cannot say, because it concerns several settings, or what is built so far. Paths are absolute here. */
const RULES: readonly Rule[] = [
  builtSoFar,
  modelIsNamed,
  modelsArePriced,
  addressesAreUsable,
  foldersAreNamed,
  outputIsOutsideInput,
  portsDiffer,
];

export function checkRules(settings: SettingsWithKeys): Problem[] {
  return RULES.flatMap((rule) => rule(settings));
}

/** Settings that are accepted for the sake of old files and do nothing. */
export function unusedSettings({ API }: SettingsWithKeys): Problem[] {
  return (['QUANTIZATION_SMALL', 'QUANTIZATION_LARGE'] as const)
    .filter((name) => API[name] !== '')
    .map((name) => ({
      key: `API.${name}`,
      what: 'is for engines inside the program, which this one has not; it is not used',
    }));
}

function builtSoFar({ SYSTEM }: SettingsWithKeys): Problem[] {
  const unavailable: [boolean, string, string][] = [
    [SYSTEM.COMPLETION_MODE, 'SYSTEM.COMPLETION_MODE', 'is not available yet; set it to false'],
    [
      SYSTEM.MODE !== 'api',
      'SYSTEM.MODE',
      'must be api; serve a local model with an OpenAI-compatible server and set API.BASE_URL to it',
    ],
  ];
  return unavailable.filter(([is]) => is).map(([, key, what]) => ({ key, what }));
}

function modelIsNamed({ API }: SettingsWithKeys): Problem[] {
  if (API.LOGICAL_MODEL !== '') return [];
  return [{ key: 'API.LOGICAL_MODEL', what: 'is empty: name a model that API.BASE_URL serves' }];
}

/** A limit on money holds only where each call's price is known. */
function modelsArePriced({ API, LIMITS, PRICES }: SettingsWithKeys): Problem[] {
  if (LIMITS.MAX_COST === 0) return [];
  const models = new Set([API.LOGICAL_MODEL, API.LARGE_LOGICAL_MODEL].filter((model) => model !== ''));
  return [...models]
    .filter((model) => PRICES[model] === undefined)
    .map((model) => ({
      key: `PRICES.${model}`,
      what: `is not there, and LIMITS.MAX_COST needs it: write what a million tokens cost, as in ${priceExample(model)}`,
    }));
}

function priceExample(model: string): string {
  return `PRICES: { ${JSON.stringify(model)}: { INPUT: 0.5, OUTPUT: 1.5 } }`;
}

function addressesAreUsable({ API }: SettingsWithKeys): Problem[] {
  const names =
    API.LARGE_BASE_URL === API.BASE_URL ? (['BASE_URL'] as const) : (['BASE_URL', 'LARGE_BASE_URL'] as const);
  return names.flatMap((name) => {
    const what = addressFault(API[name]);
    return what === undefined ? [] : [{ key: `API.${name}`, what }];
  });
}

/** Never repeats the address: a key may stand in it. */
function addressFault(address: string): string | undefined {
  if (!/^https?:/.test(address) || !URL.canParse(address)) {
    return 'must be the address of a service, as in https://api.example.com/v1';
  }
  const { pathname, username, password, search, hash } = new URL(address);
  const endpoint = /\/(chat\/)?completions$/.exec(pathname)?.[0];
  if (endpoint !== undefined) return `must end before ${endpoint}, which is added by itself`;
  if ([username, password, search, hash].some((part) => part !== ''))
    return 'must not hold a user, a password, a query or a fragment (#); keys go into API_KEY';
  return undefined;
}

function foldersAreNamed({ PATH }: SettingsWithKeys): Problem[] {
  return Object.entries(PATH)
    .filter(([, folder]) => folder === '')
    .map(([name]) => ({ key: `PATH.${name}`, what: 'is empty: name a folder' }));
}

function outputIsOutsideInput({ PATH }: SettingsWithKeys): Problem[] {
  if (PATH.INPUT === '' || PATH.OUTPUT === '' || !isInside(PATH.OUTPUT, PATH.INPUT)) return [];
  return [
    { key: 'PATH.OUTPUT', what: 'lies in PATH.INPUT, so a run would read its own files; choose a folder outside' },
  ];
}

function isInside(folder: string, other: string): boolean {
  const way = relative(other, folder);
  return way !== '..' && !way.startsWith(`..${sep}`) && way !== folder;
}

function portsDiffer({ TEMPORAL }: SettingsWithKeys): Problem[] {
  if (TEMPORAL.PORT !== TEMPORAL.UI_PORT) return [];
  return [{ key: 'TEMPORAL.UI_PORT', what: 'must be another port than TEMPORAL.PORT' }];
}

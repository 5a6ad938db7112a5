import { processEnvironment } from '../../config/environment.js';
import type { LoadedSettings } from '../../config/load.js';
import { missingKey } from '../../config/missing-key.js';
import { type Finding, findingsOf } from './finding.js';
import { hostOf, type ModelUse, modelUses, serviceOf } from './model-uses.js';

const { ok, fix } = findingsOf('key');

/** Whether each service has a key, and where from; never what it is. */
export function checkKeys(loaded: LoadedSettings, environment: NodeJS.ProcessEnv = processEnvironment()): Finding[] {
  const services = new Map(modelUses(loaded).map((use) => [serviceOf(use), use]));
  const present = [...services.values()].filter(({ isKeyMissing }) => !isKeyMissing);
  const missing = missingKey(loaded)?.split('\n') ?? [];
  return [...present.map((use) => ok(describeKey(use, environment))), ...missing.map(fix)];
}

function describeKey(use: ModelUse, environment: NodeJS.ProcessEnv): string {
  const host = hostOf(use);
  if (use.key === '') return `${host} is on this machine and needs none`;
  const names = ['AUGMENTOOLKIT_API_KEY', 'AUGMENTOOLKIT_LARGE_API_KEY'];
  const variable = names.find((name) => environment[name]?.trim() === use.key);
  return `for ${host} from ${variable === undefined ? `the settings (API.${use.keySetting})` : `the environment variable ${variable}`}`;
}

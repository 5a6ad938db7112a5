import { type KeySetting, largeKeySetting, missingKey } from '../../config/missing-key.js';
import type { LoadedSettings } from '../../config/load.js';
import type { ModelRole } from '../../steps/step.js';

/** A model at an address, and what it is used for. */
export interface ModelUse {
  roles: ModelRole[];
  /** The setting that names it. */
  setting: 'API.LOGICAL_MODEL' | 'API.LARGE_LOGICAL_MODEL';
  model: string;
  baseUrl: string;
  /** Empty where there is none. */
  key: string;
  keySetting: KeySetting;
  isKeyMissing: boolean;
}

/** One or two: where both roles have the same model at the same address with the same key, they are one. */
export function modelUses(loaded: LoadedSettings): ModelUse[] {
  const { settings, keys } = loaded;
  const { API } = settings;
  const logical = { model: API.LOGICAL_MODEL, baseUrl: API.BASE_URL, key: keys.logical };
  const large = { model: API.LARGE_LOGICAL_MODEL, baseUrl: API.LARGE_BASE_URL, key: keys.large };
  const isKeyMissing = ({ baseUrl, key }: { baseUrl: string; key: string }) =>
    missingKey({
      ...loaded,
      settings: { ...settings, API: { ...API, BASE_URL: baseUrl, LARGE_BASE_URL: baseUrl } },
      keys: { logical: key, large: key },
    }) !== undefined;
  const first: ModelUse = {
    roles: ['logical'],
    setting: 'API.LOGICAL_MODEL',
    ...logical,
    keySetting: 'API_KEY',
    isKeyMissing: isKeyMissing(logical),
  };
  if (large.model === logical.model && serviceOf(large) === serviceOf(logical)) {
    return [{ ...first, roles: ['logical', 'large'] }];
  }
  const second: ModelUse = {
    roles: ['large'],
    setting: 'API.LARGE_LOGICAL_MODEL',
    ...large,
    keySetting: largeKeySetting(loaded),
    isKeyMissing: isKeyMissing(large),
  };
  return [first, second];
}

/** What has the same is one service: what is true of one use of it is true of the other. For comparing only, never shown. */
export function serviceOf({ baseUrl, key }: Pick<ModelUse, 'baseUrl' | 'key'>): string {
  return JSON.stringify([baseUrl, key]);
}

/** `api.example.com` */
export function hostOf({ baseUrl }: Pick<ModelUse, 'baseUrl'>): string {
  return new URL(baseUrl).host;
}

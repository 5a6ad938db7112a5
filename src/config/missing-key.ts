import type { LoadedSettings } from './load.js';

/** Where a key is given in the settings file; the environment variable is called AUGMENTOOLKIT_ and the same. */
export type KeySetting = 'API_KEY' | 'LARGE_API_KEY';

/** Which key the large model is called with: its own, or at the same address the common one. */
export function largeKeySetting({ settings: { API }, keys }: LoadedSettings): KeySetting {
  return API.LARGE_BASE_URL === API.BASE_URL && keys.large === keys.logical ? 'API_KEY' : 'LARGE_API_KEY';
}

/**
 * What to do about API keys that are needed and not there, one line each; undefined where nothing is missing.
 * Only those who call models need keys, and an address on this machine needs none.
 */
export function missingKey({ settings: { API }, keys }: LoadedSettings): string | undefined {
  const missing = [];
  if (isMissing(API.BASE_URL, keys.logical)) missing.push(describe(API.BASE_URL, 'API_KEY'));
  if (API.LARGE_BASE_URL !== API.BASE_URL && isMissing(API.LARGE_BASE_URL, keys.large)) {
    missing.push(describe(API.LARGE_BASE_URL, 'LARGE_API_KEY'));
  }
  return missing.length === 0 ? undefined : missing.join('\n');
}

export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function isMissing(address: string, key: string): boolean {
  return !isLoopback(address) && !isKey(key);
}

/** Keys are printable ASCII without blanks; "your key here" is none, and would fail in an HTTP header or at the service. */
function isKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

function describe(address: string, name: KeySetting): string {
  return (
    `${new URL(address).host} needs an API key: set the environment variable AUGMENTOOLKIT_${name}, ` +
    `or API.${name} in the settings file (any word will do for a server that asks for none)`
  );
}

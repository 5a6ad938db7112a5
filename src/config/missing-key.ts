import type { LoadedSettings } from './load.js';

/** Where a key is given in the settings file; the environment variable is called AUGMENTOOLKIT_ and the same. */
export type KeySetting = 'API_KEY' | 'LARGE_API_KEY';

/** Which key the large model is called with: its own, or at the same address the common one. */
export function largeKeySetting({ settings: { API }, keys }: LoadedSettings): KeySetting {
  return API.LARGE_BASE_URL === API.BASE_URL && keys.large === keys.logical ? 'API_KEY' : 'LARGE_API_KEY';
}

/**
 * What to do about API keys that are needed and not there, or cannot be sent, one line each; undefined where all is well.
 * Only those who call models need keys, and an address on this machine needs none.
 */
export function missingKey({ settings: { API }, keys }: LoadedSettings): string | undefined {
  const problems = [describeKey(API.BASE_URL, keys.logical, 'API_KEY')];
  if (API.LARGE_BASE_URL !== API.BASE_URL) problems.push(describeKey(API.LARGE_BASE_URL, keys.large, 'LARGE_API_KEY'));
  const said = problems.filter((problem) => problem !== undefined);
  return said.length === 0 ? undefined : said.join('\n');
}

export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** A header holds Latin-1 without control characters, and nothing else. */
function isSendable(key: string): boolean {
  return /^[\x20-\x7e\x80-\xff]*$/.test(key);
}

/** Keys are printable ASCII without blanks; "your key here" is none, and would fail at the service. */
function isKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

function describeKey(address: string, key: string, name: KeySetting): string | undefined {
  const { host } = new URL(address);
  const variable = `AUGMENTOOLKIT_${name}`;
  if (isLoopback(address) && !isSendable(key))
    return `The key for ${host} has a character that cannot be sent in a request: correct ${variable} or API.${name}`;
  if (isLoopback(address) || isKey(key)) return undefined;
  return (
    `${host} needs an API key: set the environment variable ${variable}, ` +
    `or API.${name} in the settings file (any word will do for a server that asks for none)`
  );
}

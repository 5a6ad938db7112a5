import { UserError } from '../user-error.js';
import type { Store } from './store.js';

/**
 * A small file that commands and workers share and people may edit, so that it has no checksum; `undefined` where there is none.
 *
 * @param remedy what a person can do about a garbled one
 * @throws UserError where the file is not JSON, or not of the right kind
 */
export async function readJsonFile<Value extends object>(
  store: Store,
  path: string,
  isRight: (value: Partial<Value>) => value is Value,
  remedy: string,
): Promise<Value | undefined> {
  const text = await store.read(path);
  if (text === undefined) return undefined;
  const value = parse<Value>(text);
  if (value !== undefined && isRight(value)) return value;
  throw new UserError(`${path} in ${store.location} is damaged: ${remedy}`);
}

function parse<Value>(text: string): Partial<Value> | undefined {
  try {
    return (JSON.parse(text) as Partial<Value> | null) ?? undefined;
  } catch {
    return undefined;
  }
}

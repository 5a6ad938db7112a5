import { readFile } from 'node:fs/promises';
import type { Checked } from './prompt.js';

/** Reads a file of UTF-8; `undefined` if there is no such file. */
export async function readText(file: string): Promise<Checked<string> | undefined> {
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { problems: [`${file} is not UTF-8: save it as UTF-8.`] };
    return { problems: [`${file} cannot be read: ${message}`] };
  }
}

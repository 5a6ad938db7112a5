import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TraitAxes } from '../records.js';
import { PromptError } from './prompt-error.js';
import { parseTraits } from './parse-traits.js';

export const TRAITS_FILE = 'traits.yaml';

/** Reads the traits of invented characters; the first folder that has the file wins. Throws PromptError. */
export async function loadTraits(folders: readonly string[]): Promise<TraitAxes> {
  for (const folder of folders) {
    const file = join(folder, TRAITS_FILE);
    const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new PromptError([`${file} cannot be read: ${error.message}`]);
    });
    if (source === undefined) continue;
    const { value, problems } = parseTraits(source, file);
    if (value === undefined) throw new PromptError(problems ?? []);
    return value;
  }
  throw new PromptError([`There is no ${TRAITS_FILE} in ${[...new Set(folders)].join(' or in ')}.`]);
}

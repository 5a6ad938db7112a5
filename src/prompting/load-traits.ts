import { join } from 'node:path';
import type { TraitAxes } from '../records.js';
import { DEFAULT_PROMPTS_REMEDY } from './find-prompts.js';
import { PromptError } from './prompt-error.js';
import { parseTraits } from './parse-traits.js';
import { readText } from './read-text.js';

export const TRAITS_FILE = 'traits.yaml';

/** Reads the traits of invented characters; the first folder that has the file wins. Throws PromptError. */
export async function loadTraits(folders: readonly string[]): Promise<TraitAxes> {
  for (const folder of folders) {
    const file = join(folder, TRAITS_FILE);
    const source = await readText(file);
    if (source === undefined) continue;
    const { value, problems } = source.value === undefined ? source : parseTraits(source.value, file);
    if (value === undefined) throw new PromptError(problems ?? []);
    return value;
  }
  const places = [...new Set(folders)].join(' or in ');
  throw new PromptError([`There is no ${TRAITS_FILE} in ${places}. ${DEFAULT_PROMPTS_REMEDY}`]);
}

import { fileURLToPath } from 'node:url';
import { loadPrompts } from '../../src/prompting/load-prompts.js';
import type { Prompt } from '../../src/prompting/prompt.js';
import { STEPS } from '../../src/steps/index.js';

const prompts = await loadPrompts([fileURLToPath(new URL('../../prompts', import.meta.url))], STEPS);

/** The names of all steps. */
export const names = STEPS.map(({ name }) => name);

/** The prompt that the project brings for a step. */
export function promptOf(name: string): Prompt {
  const prompt = prompts[name];
  if (prompt === undefined) throw new Error(`There is no prompt for ${name}.`);
  return prompt;
}

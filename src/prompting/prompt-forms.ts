import { parseYamlPrompt } from './parse-prompt.js';
import type { Checked, PromptFile } from './prompt.js';

/** A form in which prompts are written. */
export interface PromptForm {
  extension: string;
  parse(source: string, file: string): Checked<PromptFile>;
}

/** Looked for in this order in each folder. */
export const PROMPT_FORMS: readonly PromptForm[] = [{ extension: '.yaml', parse: parseYamlPrompt }];

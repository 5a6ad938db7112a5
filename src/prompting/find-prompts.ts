import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { PROMPT_FORMS, type PromptForm } from './prompt-forms.js';

export interface FoundPrompt {
  step: string;
  file: string;
  form: PromptForm;
}

/** Looks for the prompt of each step; the first folder that has it wins. A step without one is a problem. */
export async function findPrompts(
  folders: readonly string[],
  steps: readonly string[],
): Promise<{ found: FoundPrompt[]; problems: string[] }> {
  const results = await Promise.all(steps.map(async (step) => findPrompt(folders, step)));
  return {
    found: results.filter((result) => typeof result !== 'string'),
    problems: results.filter((result) => typeof result === 'string'),
  };
}

async function findPrompt(folders: readonly string[], step: string): Promise<FoundPrompt | string> {
  for (const folder of folders) {
    for (const form of PROMPT_FORMS) {
      const file = join(folder, `${step}${form.extension}`);
      if (await exists(file)) return { step, file, form };
    }
  }
  const names = PROMPT_FORMS.map(({ extension }) => `${step}${extension}`).join(' or ');
  return `There is no ${names} in ${[...new Set(folders)].join(' or in ')}.`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

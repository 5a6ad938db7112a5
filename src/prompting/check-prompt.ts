import type { Step } from '../steps/step.js';
import type { PromptFile } from './prompt.js';
import { PLACEHOLDER } from './render-prompt.js';

/** What a prompt is held against. */
export type PromptedStep = Pick<Step<never, unknown>, 'name' | 'variables'>;

/**
 * Holds a prompt against its step, both ways: every placeholder must be a variable of the step, every required variable
 * must be used, and the prompt's own list must name just what it uses. Gives one sentence with file and line a problem.
 */
export function checkPrompt(prompt: PromptFile, step: PromptedStep): string[] {
  const used = placeholdersIn(prompt);
  return [...unknownNames(prompt, used, step), ...unusedNames(prompt, used, step), ...listFaults(prompt, used)];
}

/** The line on which each name is used first. */
function placeholdersIn({ messages, lineOf }: PromptFile): Map<string, number> {
  const found = new Map<string, number>();
  messages.forEach(({ content }, index) => {
    for (const match of content.matchAll(PLACEHOLDER)) {
      const name = match[1] ?? '';
      const above = content.slice(0, match.index).split('\n').length - 1;
      if (!found.has(name)) found.set(name, lineOf(['messages', index, 'content']) + above);
    }
  });
  return found;
}

function unknownNames(
  { file }: PromptFile,
  used: Map<string, number>,
  { name: step, variables }: PromptedStep,
): string[] {
  const known = Object.keys(variables).map((name) => `{${name}}`);
  return [...used]
    .filter(([name]) => !Object.hasOwn(variables, name))
    .map(([name, line]) => `${file}:${line}: ${step} does not give {${name}}; it gives ${known.join(', ')}`);
}

function unusedNames(
  { file, lineOf }: PromptFile,
  used: Map<string, number>,
  { name: step, variables }: PromptedStep,
): string[] {
  const line = lineOf(['messages']);
  return Object.entries(variables)
    .filter(([name, use]) => use === 'required' && !used.has(name))
    .map(([name]) => `${file}:${line}: the messages must use {${name}}, or ${step} cannot do its work`);
}

function listFaults({ file, variables, lineOf }: PromptFile, used: Map<string, number>): string[] {
  const unlisted = [...used]
    .filter(([name]) => !variables.includes(name))
    .map(([name, line]) => `${file}:${line}: {${name}} is used, but missing from the list of variables`);
  const idle = [...variables.entries()]
    .filter(([, name]) => !used.has(name))
    .map(
      ([index, name]) =>
        `${file}:${lineOf(['variables', index])}: ${name} is listed in variables, but {${name}} is not used`,
    );
  return [...unlisted, ...idle];
}

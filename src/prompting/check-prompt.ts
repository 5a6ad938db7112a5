import type { Step } from '../steps/step.js';
import { nearestName } from './nearest-name.js';
import type { PromptFile } from './prompt.js';
import { PLACEHOLDER } from './render-prompt.js';
import type { Vocabulary } from './vocabulary.js';

/** What a prompt is held against. */
export type PromptedStep = Pick<Step<never, unknown>, 'name' | 'variables'>;

/**
 * Holds a prompt against its step, both ways: every placeholder must be a variable of the step, every required variable
 * must be used, and the prompt's own list, where its form has one, must name just what it uses. Gives one sentence with
 * file and line a problem. `vocabulary`: the variables of the step in the words of the prompt's form.
 */
export function checkPrompt(prompt: PromptFile, step: string, vocabulary: Vocabulary): string[] {
  const used = placeholdersIn(prompt);
  return [
    ...unknownNames(prompt, used, step, vocabulary),
    ...unusedNames(prompt, used, step, vocabulary),
    ...listFaults(prompt, used),
  ];
}

/** The line on which each name is used first. */
function placeholdersIn({ messages, lineOf }: PromptFile): Map<string, number> {
  const found = new Map<string, number>();
  messages.forEach(({ content }, index) => {
    for (const match of content.matchAll(PLACEHOLDER)) {
      const name = match[1] ?? '';
      const above = content.slice(0, match.index).split('\n').length - 1;
      if (!found.has(name)) found.set(name, lineOf(['messages', index, 'content'], above));
    }
  });
  return found;
}

function unknownNames({ file }: PromptFile, used: Map<string, number>, step: string, vocabulary: Vocabulary): string[] {
  const known = vocabulary.flatMap(({ names }) => names);
  const given = vocabulary.map(({ names }) => `{${names[0]}}`).join(', ');
  return [...used]
    .filter(([name]) => !known.includes(name))
    .map(([name, line]) => {
      const nearest = nearestName(name, known, name.length / 2);
      const meant = nearest === undefined ? '' : ` (did you mean {${nearest}}?)`;
      return `${file}:${line}: ${step} does not give {${name}}${meant}; it gives ${given}`;
    });
}

function unusedNames(
  { file, lineOf }: PromptFile,
  used: Map<string, number>,
  step: string,
  vocabulary: Vocabulary,
): string[] {
  const line = lineOf(['messages']);
  return vocabulary
    .filter(({ use, names }) => use === 'required' && !names.some((name) => used.has(name)))
    .map(({ names }) => `${file}:${line}: the messages must use {${names[0]}}, or ${step} cannot do its work`);
}

function listFaults({ file, variables, lineOf }: PromptFile, used: Map<string, number>): string[] {
  if (variables === undefined) return [];
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

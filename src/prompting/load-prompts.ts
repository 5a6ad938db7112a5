import type { Message, Sampling } from '../call-record.js';
import { hashOf } from '../store/canonical.js';
import { checkPrompt, type PromptedStep } from './check-prompt.js';
import { findPrompts, type FindOptions, type FoundPrompt } from './find-prompts.js';
import { PromptError } from './prompt-error.js';
import type { Checked, Prompt } from './prompt.js';
import { readText } from './read-text.js';
import { translate } from './vocabulary.js';

/**
 * Finds, reads and checks the prompts of these steps, by step name. `folders`: the user's own first, then the default
 * ones. Throws one PromptError that lists everything that is wrong with any of them. Files that are not used may be
 * anything; `folderWarnings` tells of them.
 */
export async function loadPrompts(
  folders: readonly string[],
  steps: readonly PromptedStep[],
  options: FindOptions = {},
): Promise<Record<string, Prompt>> {
  const { found, problems: missing } = await findPrompts(folders, steps, options);
  const checked = await Promise.all(found.map(loadPrompt));
  const problems = [...missing, ...checked.flatMap((each) => each.problems ?? [])];
  if (problems.length > 0) throw new PromptError(problems);
  return Object.fromEntries(checked.flatMap(({ value }) => (value === undefined ? [] : [[value.step, value]])));
}

async function loadPrompt({ step, file, form }: FoundPrompt): Promise<Checked<Prompt>> {
  const source = (await readText(file)) ?? { problems: [`${file} is gone.`] };
  const parsed = source.value === undefined ? source : form.parse(source.value, file);
  if (parsed.value === undefined) return { problems: parsed.problems ?? [] };
  const vocabulary = form.vocabulary(step.variables);
  const problems = checkPrompt(parsed.value, step.name, vocabulary);
  if (problems.length > 0) return { problems };
  const { sampling, messages } = parsed.value;
  const asked: { sampling?: Partial<Sampling>; messages: Message[] } = {
    ...(sampling && { sampling }),
    messages: translate(messages, vocabulary),
  };
  return { value: { step: step.name, file, ...asked, hash: hashOf(asked) } };
}

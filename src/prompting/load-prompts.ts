import { readFile } from 'node:fs/promises';
import type { Message, Sampling } from '../records.js';
import { hashOf } from '../store/canonical.js';
import { checkPrompt, type PromptedStep } from './check-prompt.js';
import { findPrompts, type FoundPrompt } from './find-prompts.js';
import { PromptError } from './prompt-error.js';
import type { Checked, Prompt, PromptFile } from './prompt.js';

/**
 * Finds, reads and checks the prompts of these steps, by step name. `folders`: the user's own first, then the default
 * ones. Throws one PromptError that lists everything that is wrong with any of them.
 */
export async function loadPrompts(
  folders: readonly string[],
  steps: readonly PromptedStep[],
): Promise<Record<string, Prompt>> {
  const { found, problems: missing } = await findPrompts(
    folders,
    steps.map(({ name }) => name),
  );
  const checked = await Promise.all(found.map(async (prompt) => loadPrompt(prompt, steps)));
  const problems = [...missing, ...checked.flatMap((each) => each.problems ?? [])];
  if (problems.length > 0) throw new PromptError(problems);
  return Object.fromEntries(checked.flatMap(({ value }) => (value === undefined ? [] : [[value.step, value]])));
}

async function loadPrompt({ step, file, form }: FoundPrompt, steps: readonly PromptedStep[]): Promise<Checked<Prompt>> {
  const source = await readSource(file);
  const parsed = source.value === undefined ? source : form.parse(source.value, file);
  if (parsed.value === undefined) return { problems: parsed.problems ?? [] };
  const prompt = parsed.value;
  const problems = steps.filter(({ name }) => name === step).flatMap((each) => checkPrompt(prompt, each));
  return problems.length > 0 ? { problems } : { value: asPrompt(step, prompt) };
}

async function readSource(file: string): Promise<Checked<string>> {
  return readFile(file, 'utf8').then(
    (value) => ({ value }),
    (error: unknown) => ({
      problems: [`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`],
    }),
  );
}

function asPrompt(step: string, { file, sampling, messages }: PromptFile): Prompt {
  const asked: { sampling?: Partial<Sampling>; messages: Message[] } = { ...(sampling && { sampling }), messages };
  return { step, file, ...asked, hash: hashOf(asked) };
}

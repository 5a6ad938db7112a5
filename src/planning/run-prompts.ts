import type { Settings } from '../config/schema.js';
import { folderWarnings } from '../prompting/folder-warnings.js';
import { loadPrompts } from '../prompting/load-prompts.js';
import { loadTraits } from '../prompting/load-traits.js';
import { PromptError } from '../prompting/prompt-error.js';
import type { Prompt } from '../prompting/prompt.js';
import type { TraitAxes } from '../records.js';
import { stepsOf } from '../steps/index.js';

/** What a run says to its models. */
export interface RunPrompts {
  /** By step. */
  prompts: Record<string, Prompt>;
  /** Role-play only. */
  traits?: TraitAxes;
  /** For people: files that look like prompts and are not used, and the like. */
  warnings: string[];
}

/**
 * Loads the prompts of the run's steps, and in role-play the traits.
 *
 * @throws PromptError with all that is wrong with any of them
 */
export async function loadRunPrompts({ PATH, SYSTEM }: Settings): Promise<RunPrompts> {
  const folders = [PATH.PROMPTS, PATH.DEFAULT_PROMPTS];
  const steps = stepsOf({ assistantMode: SYSTEM.ASSISTANT_MODE });
  const options = { useFilenames: SYSTEM.USE_FILENAMES };
  const [prompts, traits] = await allOrEveryProblem([
    loadPrompts(folders, steps, options),
    SYSTEM.ASSISTANT_MODE ? Promise.resolve(undefined) : loadTraits(folders),
  ]);
  return { prompts, ...(traits && { traits }), warnings: await folderWarnings(folders, steps, options) };
}

async function allOrEveryProblem<One, Other>(loading: [Promise<One>, Promise<Other>]): Promise<[One, Other]> {
  const settled = await Promise.allSettled(loading);
  const errors = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const problems = errors.flatMap((error) => (error instanceof PromptError ? error.problems : []));
  if (problems.length > 0) throw new PromptError(problems);
  return Promise.all(loading);
}

import { join } from 'node:path';
import type { PromptedStep } from './check-prompt.js';
import { listFolder } from './list-folder.js';
import { NAMED_STEPS, promptNames, type PromptName } from './prompt-names.js';

export interface FindOptions {
  /** USE_FILENAMES: decides between Augmentoolkit's two prompts for the same step. */
  useFilenames?: boolean;
}

export interface FoundPrompt extends PromptName {
  step: PromptedStep;
  folder: string;
  /** Folder and name. */
  file: string;
  /** The same step's prompts in the same folder that lose to this one. */
  passedOver: PromptName[];
}

/** The program's own folder has everything. */
export const DEFAULT_PROMPTS_REMEDY =
  "PATH.DEFAULT_PROMPTS must name the program's own `prompts` folder; `npx augmentoolkit init` writes that path.";

/**
 * Looks for the prompt of each step; the first folder that has it under any of its names wins. A step without one is a
 * problem; where the last folder, the one for defaults, has no prompt at all, that is the one problem. Throws
 * PromptError for what is no folder.
 */
export async function findPrompts(
  folders: readonly string[],
  steps: readonly PromptedStep[],
  { useFilenames = false }: FindOptions = {},
): Promise<{ found: FoundPrompt[]; problems: string[] }> {
  const listings = await Promise.all(
    [...new Set(folders)].map(async (folder) => ({ folder, files: asSet(await listFolder(folder)) })),
  );
  const results = steps.map((step) => findPrompt(listings, step, useFilenames));
  const found = results.filter((result) => typeof result !== 'string');
  const missing = results.filter((result) => typeof result === 'string');
  const fault = missing.length === 0 ? undefined : defaultsFault(listings.at(-1), steps);
  return { found, problems: fault === undefined ? missing : [fault] };
}

interface Listing {
  folder: string;
  /** `undefined` if there is no such folder. */
  files: ReadonlySet<string> | undefined;
}

function defaultsFault(defaults: Listing | undefined, steps: readonly PromptedStep[]): string | undefined {
  if (defaults === undefined) return undefined;
  const { folder, files } = defaults;
  if (files === undefined) return `There is no folder ${folder}. ${DEFAULT_PROMPTS_REMEDY}`;
  const ours = [...NAMED_STEPS, ...steps.map(({ name }) => name)]
    .flatMap((step) => promptNames(step, false))
    .filter(({ kind }) => kind === 'ours');
  if (ours.some(({ name }) => files.has(name))) return undefined;
  return `${folder} holds no prompt of the program. ${DEFAULT_PROMPTS_REMEDY}`;
}

function asSet(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return names && new Set(names);
}

function findPrompt(listings: readonly Listing[], step: PromptedStep, useFilenames: boolean): FoundPrompt | string {
  const names = promptNames(step.name, useFilenames);
  for (const { folder, files } of listings) {
    const [first, ...passedOver] = names.filter(({ name }) => files?.has(name));
    if (first !== undefined) return { ...first, step, folder, file: join(folder, first.name), passedOver };
  }
  const wanted = names.filter(({ kind }) => kind !== 'other').map(({ name }) => name);
  return `There is no ${wanted.join(' or ')} in ${listings.map(({ folder }) => folder).join(' or in ')}.`;
}

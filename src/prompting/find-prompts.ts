import { join } from 'node:path';
import type { PromptedStep } from './check-prompt.js';
import { listFolder } from './list-folder.js';
import { promptNames, type PromptName } from './prompt-names.js';

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

/**
 * Looks for the prompt of each step; the first folder that has it under any of its names wins. A step without one is a
 * problem. Throws PromptError for what is no folder.
 */
export async function findPrompts(
  folders: readonly string[],
  steps: readonly PromptedStep[],
  { useFilenames = false }: FindOptions = {},
): Promise<{ found: FoundPrompt[]; problems: string[] }> {
  const listings = await Promise.all(
    [...new Set(folders)].map(async (folder) => ({ folder, files: new Set(await listFolder(folder)) })),
  );
  const results = steps.map((step) => findPrompt(listings, step, useFilenames));
  return {
    found: results.filter((result) => typeof result !== 'string'),
    problems: results.filter((result) => typeof result === 'string'),
  };
}

interface Listing {
  folder: string;
  files: ReadonlySet<string>;
}

function findPrompt(listings: readonly Listing[], step: PromptedStep, useFilenames: boolean): FoundPrompt | string {
  const names = promptNames(step.name, useFilenames);
  for (const { folder, files } of listings) {
    const [first, ...passedOver] = names.filter(({ name }) => files.has(name));
    if (first !== undefined) return { ...first, step, folder, file: join(folder, first.name), passedOver };
  }
  const wanted = names.filter(({ kind }) => kind !== 'other').map(({ name }) => name);
  return `There is no ${wanted.join(' or ')} in ${listings.map(({ folder }) => folder).join(' or in ')}.`;
}

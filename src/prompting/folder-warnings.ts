import { closest } from 'fastest-levenshtein';
import { join } from 'node:path';
import type { PromptedStep } from './check-prompt.js';
import { findPrompts, type FindOptions, type FoundPrompt } from './find-prompts.js';
import { listFolder } from './list-folder.js';
import { TRAITS_FILE } from './load-traits.js';
import { nearestName } from './nearest-name.js';
import { NAMED_STEPS, promptNames } from './prompt-names.js';
import { readText } from './read-text.js';

/**
 * What people should know of their folder of prompts, the first one: files that they may believe to be in use, and are
 * not. One sentence each. Throws PromptError for what is no folder.
 */
export async function folderWarnings(
  folders: readonly string[],
  steps: readonly PromptedStep[],
  { useFilenames = false }: FindOptions = {},
): Promise<string[]> {
  const [own = ''] = folders;
  const files = await listFolder(own);
  if (files === undefined) return [`There is no folder ${own}, so no prompt is taken from there.`];
  const { found } = await findPrompts(folders, steps, { useFilenames });
  const misspelt = await Promise.all(found.map(placeholderWarnings));
  return [
    ...misspelt.flat(),
    ...found.flatMap((prompt) => choiceWarnings(prompt, useFilenames)),
    ...completionWarnings(own, files, found),
    ...misspeltNames(files, steps, useFilenames).map(
      ({ file, meant }) => `${join(own, file)} is not used: no prompt has this name. Did you mean ${meant}?`,
    ),
  ];
}

/** `{Text}` and `{ text }`, which look like placeholders; by line of the file, whatever stands around them. */
async function placeholderWarnings({ step, file, form }: FoundPrompt): Promise<string[]> {
  const names = form.vocabulary(step.variables).flatMap((word) => word.names);
  const lines = (await readText(file))?.value?.split('\n') ?? [];
  return lines.flatMap((line, index) =>
    [...line.matchAll(/\{[ \t]?([A-Za-z_]+)[ \t]?\}/g)].flatMap(([written, word = '']) => {
      const meant = `{${word.toLowerCase()}}`;
      if (written === meant || !names.includes(word.toLowerCase())) return [];
      return [`${file}:${index + 1}: ${written} goes to the model as it stands. Did you mean ${meant}?`];
    }),
  );
}

function choiceWarnings({ step, kind, folder, file, passedOver }: FoundPrompt, useFilenames: boolean): string[] {
  if (kind === 'ours') return passedOver.map(({ name }) => `${join(folder, name)} is not used: ${file} goes first.`);
  if (kind === 'reference') return [];
  const [wanted] = promptNames(step.name, useFilenames).filter((name) => name.kind === 'reference');
  const effect = useFilenames ? 'may not tell the model title and author' : 'may tell the model title and author';
  return [
    `${file} is used, since there is no ${wanted?.name} beside it; with USE_FILENAMES ${useFilenames}, it ${effect}.`,
  ];
}

const COMPLETION_EXTENSION = '.txt';

function completionWarnings(own: string, files: readonly string[], found: readonly FoundPrompt[]): string[] {
  const idle = found
    .filter(({ folder }) => folder !== own)
    .flatMap(({ step }) => promptNames(step.name, false).map(({ name }) => stemOf(name) + COMPLETION_EXTENSION));
  const present = files.filter((file) => idle.includes(file));
  if (present.length === 0) return [];
  return [
    `${own}: completion prompts (${COMPLETION_EXTENSION}) cannot be used yet, so the default prompts stand in for ` +
      `${present.join(', ')}.`,
  ];
}

/** A name with more wrong letters is taken for another thing. */
const MOST_TYPOS = 2;

/** The files that look like prompts under names that no step has, with the names they should have. */
function misspeltNames(
  files: readonly string[],
  steps: readonly PromptedStep[],
  useFilenames: boolean,
): { file: string; meant: string }[] {
  const all = [...new Set([...NAMED_STEPS, ...steps.map(({ name }) => name)])];
  const prompts = all.flatMap((step) => promptNames(step, useFilenames));
  const known = [TRAITS_FILE, ...prompts.map(({ name }) => name)];
  const wanted = [TRAITS_FILE, ...prompts.filter(({ kind }) => kind !== 'other').map(({ name }) => name)];
  return files
    .filter((file) => /\.(?:ya?ml|json)$/i.test(file) && !known.includes(file))
    .flatMap((file) => {
      const nearest = nearestName(plainName(file), wanted.map(plainName), MOST_TYPOS);
      if (nearest === undefined) return [];
      return [
        {
          file,
          meant: closest(
            file,
            wanted.filter((name) => plainName(name) === nearest),
          ),
        },
      ];
    });
}

/** What is left of a file's name if one does not look closely. */
function plainName(file: string): string {
  return stemOf(file)
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/-(?:no-)?filenames?$/, '');
}

function stemOf(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}

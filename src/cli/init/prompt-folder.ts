import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { parse } from 'yaml';
import { STEPS } from '../../steps/index.js';
import { UsageError } from '../exit.js';

/** One of the program's own prompts, or its traits. */
export interface OwnPrompt {
  /** As in `judge-paragraph`. */
  name: string;
  text: string;
}

const EXTENSION = '.yaml';
/** Below the prompt folder, where no prompt is looked for. */
export const EXAMPLES = 'examples';

/** In the order of the pipeline; what is no step's comes last. */
export async function readOwnPrompts(folder: string): Promise<OwnPrompt[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(EXTENSION)).sort();
  const names = files.map((file) => file.slice(0, -EXTENSION.length));
  const steps = STEPS.map(({ name }) => name);
  const ordered = [...steps.filter((name) => names.includes(name)), ...names.filter((name) => !steps.includes(name))];
  return Promise.all(ordered.map(async (name) => ({ name, text: await readFile(join(folder, fileOf(name)), 'utf8') })));
}

/**
 * The prompts that `--prompts` names: `all`, or names with commas between.
 * @throws UsageError for a name that no prompt has
 */
export function choosePrompts(own: readonly OwnPrompt[], asked: string | undefined): OwnPrompt[] {
  if (asked === undefined) return [];
  if (asked === 'all') return [...own];
  const names = own.map(({ name }) => name);
  const wanted = asked.split(',').map((name) => name.trim().replace(/\.yaml$/, ''));
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no prompt "${unknown}"; did you mean ${closest(unknown, names)}? ` +
        `--prompts takes all, or some of: ${names.join(', ')}`,
    );
  }
  return own.filter(({ name }) => wanted.includes(name));
}

/** The files of a new prompt folder by their paths in it: the chosen prompts, all as examples, and what to do with them. */
export function promptFiles(own: readonly OwnPrompt[], chosen: readonly OwnPrompt[]): Map<string, string> {
  return new Map([
    ['README.md', promptReadme(own)],
    ...own.map(({ name, text }): [string, string] => [`${EXAMPLES}/${fileOf(name)}`, text]),
    ...chosen.map(({ name, text }): [string, string] => [fileOf(name), text]),
  ]);
}

function fileOf(name: string): string {
  return `${name}${EXTENSION}`;
}

function promptReadme(own: readonly OwnPrompt[]): string {
  return `# Your prompts

A prompt in this folder goes before the program's own of the same name (PATH.PROMPTS in config.yaml). All others come
from the program (PATH.DEFAULT_PROMPTS), so that they get better when the program does.

To change one, copy it here and edit the copy:

    cp ${EXAMPLES}/judge-paragraph.yaml .

Nothing reads \`${EXAMPLES}/\` itself: it holds the program's prompts as they were when this folder was made.
\`npx augmentoolkit doctor\` checks your prompts and says how many are in force. After a change, a run pays anew only for
that step and for what depends on it.

A file has \`description\`, \`variables\` (the names it uses), \`messages\` (the last one from \`user\`), and, if you like,
\`sampling\` (any of \`temperature\`, \`top_p\`, \`max_tokens\` and \`stop\`, in place of the step's own). A variable is written
\`{name}\`; those in brackets may be left out. Keep the form of the answer that a prompt asks for: the program reads it.

| prompt | does | variables |
| --- | --- | --- |
${own.map(describePrompt).join('\n')}
`;
}

function describePrompt({ name, text }: OwnPrompt): string {
  const { description } = parse(text) as { description: string };
  const { variables = {} } = STEPS.find((step) => step.name === name) ?? {};
  const uses = Object.entries(variables).map(([variable, use]) => (use === 'required' ? variable : `(${variable})`));
  return `| ${fileOf(name)} | ${description.trim()} | ${uses.join(', ')} |`;
}

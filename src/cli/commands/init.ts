import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, type ExitCode, UsageError } from '../exit.js';
import { findPreset } from '../init/find-preset.js';
import { NEW_FOLDERS, presetConfig } from '../init/preset-config.js';
import type { Preset } from '../init/presets.js';
import { choosePrompts, EXAMPLES, promptFiles, readOwnPrompts } from '../init/prompt-folder.js';
import { writeProject, type WrittenProject } from '../init/write-project.js';
import { quotedPath } from '../quoted-path.js';
import { wrapText } from '../../wrap-text.js';
import { print } from '../print.js';

export interface InitOptions {
  provider?: string;
  /** Prompts to copy into force: `all`, or names with commas between. */
  prompts?: string;
}

const WIDTH = 100;

/** The program's own settings and prompts, beside `dist/`. */
const OWN_CONFIG = fileURLToPath(new URL('../../../config.yaml', import.meta.url));
const OWN_PROMPTS = fileURLToPath(new URL('../../../prompts', import.meta.url));

/** A new folder with settings for a service, a place for texts, and prompts to start from. */
export async function init(folder: string, options: InitOptions): Promise<ExitCode> {
  if (folder.trim() === '') {
    throw new UsageError('Name a folder, as in `npx augmentoolkit init my-book --provider NAME`, or none for this one');
  }
  const preset = findPreset(options.provider);
  const own = await readOwnPrompts(OWN_PROMPTS);
  const chosen = choosePrompts(own, options.prompts);
  const defaultPrompts = await pathToOwnPrompts(folder);
  const prompts = [...promptFiles(own, chosen)].map(([path, text]): [string, string] => [`prompts/${path}`, text]);
  const written = await writeProject(folder, {
    config: presetConfig(await readFile(OWN_CONFIG, 'utf8'), preset, defaultPrompts),
    textFolder: NEW_FOLDERS.INPUT,
    files: new Map(prompts),
  });
  const lines = [
    ...describeProject(folder, preset, chosen.length),
    ...describeKept(written),
    ...nextSteps(folder, preset, written),
  ];
  print(lines);
  return EXIT.done;
}

/** Relative inside the program's own folder, so that both may move together; a link on the way counts as where it leads. */
async function pathToOwnPrompts(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  const [from, prompts] = [await realpath(folder).catch(() => resolve(folder)), await realpath(OWN_PROMPTS)];
  const isInside = !relative(dirname(prompts), from).startsWith('..');
  return (isInside ? relative(from, prompts) : prompts).replaceAll('\\', '/');
}

function describeProject(folder: string, { title, logicalModel, largeModel }: Preset, chosen: number): string[] {
  const inForce = chosen === 0 ? '' : `; ${chosen} in force`;
  const rows = [
    ['config.yaml', 'every setting with its comment'],
    ['texts', 'for your texts'],
    ['prompts', `for your own prompts: README.md, and ${EXAMPLES}/ to start from${inForce}`],
  ].map(([path = '', what]) => [join(folder, path), what]);
  const width = Math.max(...rows.map(([path = '']) => path.length)) + 2;
  const models =
    largeModel === ''
      ? `The model is an example: ${logicalModel}`
      : `The models are examples: ${logicalModel}, ${largeModel}`;
  return [`A project for ${title}:`, ...rows.map(([path = '', what]) => `  ${path.padEnd(width)}${what}`), models];
}

function describeKept({ kept }: WrittenProject): string[] {
  return kept.length === 0 ? [] : ['', 'There already, and left as they are:', ...kept.map((file) => `  ${file}`)];
}

function nextSteps(folder: string, { keyPage, start, remarks }: Preset, { texts }: WrittenProject): string[] {
  const file = join(folder, 'config.yaml');
  const config = normalize(file) === 'config.yaml' ? '' : ` --config ${quotedPath(file)}`;
  const steps = [
    ...(keyPage === undefined ? [] : [`Get a key at ${keyPage}, and: export AUGMENTOOLKIT_API_KEY=your-key`]),
    ...(start === undefined ? [] : [`Start the server: ${start}`]),
    ...(texts > 0 ? [] : [`Put your texts into ${join(folder, NEW_FOLDERS.INPUT)}`]),
    `npx augmentoolkit doctor${config}`,
    `npx augmentoolkit run${config}`,
  ];
  return [
    '',
    'Next:',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...remarks.flatMap((remark) => ['', ...wrapText(remark, WIDTH)]),
  ];
}

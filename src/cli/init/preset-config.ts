import { parseDocument } from 'yaml';
import { wrapText } from '../../wrap-text.js';
import type { Preset } from './presets.js';

const COMMENT_WIDTH = 118;

/** Where a new folder's settings point, relative to it. */
export const NEW_FOLDERS = { INPUT: './texts', OUTPUT: './output', PROMPTS: './prompts' } as const;

/** What the program's own file says of defaults, and what is true of a file whose values a preset chose. */
const ABOUT_DEFAULTS = {
  own: '# here, unless its comment names another.\n',
  made: '# here (but for PATH, API and CONCURRENCY_LIMIT, which `init` has set), unless its comment names another.\n',
};

/**
 * The text of a settings file for a preset: that of the program, with all its comments, and other values.
 * @param own the program's own settings file
 * @param defaultPrompts the program's prompts, relative to the new file or absolute
 */
export function presetConfig(own: string, preset: Preset, defaultPrompts: string): string {
  const document = parseDocument(own);
  const values: [group: string, name: string, value: string | number][] = [
    ...Object.entries(NEW_FOLDERS).map(([name, folder]): [string, string, string] => ['PATH', name, folder]),
    ['PATH', 'DEFAULT_PROMPTS', defaultPrompts],
    ['API', 'BASE_URL', preset.baseUrl],
    ['API', 'LOGICAL_MODEL', preset.logicalModel],
    ['API', 'LARGE_LOGICAL_MODEL', preset.largeModel],
    ['SYSTEM', 'CONCURRENCY_LIMIT', preset.concurrencyLimit],
  ];
  for (const [group, name, value] of values) document.setIn([group, name], value);
  // No folding: long lines stay as they were written.
  const text = document.toString({ lineWidth: 0 }).replace(ABOUT_DEFAULTS.own, ABOUT_DEFAULTS.made);
  return `${describePreset(preset)}\n${text}`;
}

function describePreset({ title, keyPage, modelsPage, start, remarks }: Preset): string {
  const lines = [
    `Made by \`augmentoolkit init\` for ${title}. The models are examples, as they come and go.`,
    ...(modelsPage === undefined ? [] : [`Models: ${modelsPage}`]),
    ...(keyPage === undefined ? [] : [`Keys: ${keyPage}`]),
    ...(start === undefined ? [] : [`Start the server with: ${start}`]),
    ...remarks,
  ];
  return lines
    .flatMap((line) => wrapText(line, COMMENT_WIDTH))
    .map((line) => `# ${line}\n`)
    .join('');
}

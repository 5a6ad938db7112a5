import { readdir } from 'node:fs/promises';
import { PromptError } from './prompt-error.js';

/** The names in a folder, sorted; `undefined` if there is no such folder. Throws PromptError. */
export async function listFolder(folder: string): Promise<string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') throw new PromptError([`${folder} must be a folder with prompts, but is a file.`]);
    throw new PromptError([`${folder} cannot be read: ${message}`]);
  }
}

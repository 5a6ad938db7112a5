import { access, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../../error-code.js';
import { UsageError } from '../exit.js';

export interface WrittenProject {
  /** Files that were there and stay as they are. */
  kept: string[];
  /** How many files the folder for texts holds already. */
  texts: number;
}

/**
 * Writes the files of a new project, by their paths in `folder`, and makes its folder for texts. Nothing is overwritten.
 * @throws UsageError where the settings file is there already, or nothing can be written
 */
export async function writeProject(
  folder: string,
  project: { config: string; textFolder: string; files: ReadonlyMap<string, string> },
): Promise<WrittenProject> {
  try {
    const config = join(folder, 'config.yaml');
    if (await exists(config)) throw alreadyThere(folder);
    const textFolder = join(folder, project.textFolder);
    await mkdir(textFolder, { recursive: true });
    const kept: string[] = [];
    for (const [path, text] of project.files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      if (!(await writeNew(file, text))) kept.push(file);
    }
    // Last: whatever was in the way of the rest, the same command goes on when it is gone.
    if (!(await writeNew(config, project.config))) throw alreadyThere(folder);
    return { kept, texts: (await readdir(textFolder)).length };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotWrite(error, folder);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** @returns false where there is such a file */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await stat(file)).isFile()) return false;
    throw error;
  }
}

function alreadyThere(folder: string): UsageError {
  return new UsageError(
    `${join(folder, 'config.yaml')} is there already, and init overwrites nothing. Change that file, or name a new folder:\n` +
      `npx augmentoolkit init my-book --provider NAME`,
  );
}

function cannotWrite(error: unknown, folder: string): UsageError {
  const { path = folder } = error as NodeJS.ErrnoException;
  const code = errorCode(error);
  return new UsageError(`${path} cannot be made (${code}): ${helpFor(code)}`, { cause: error });
}

/** What to do about a file or folder that cannot be made. */
export function helpFor(code: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'choose another folder, or get the right to write there';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'choose a folder on another disk, or make room on this one';
    case 'ENAMETOOLONG':
      return 'choose a shorter name';
    default:
      return 'choose another folder, or move away what is in its place';
  }
}

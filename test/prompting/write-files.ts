import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolders } from '../support/temporary-folder.js';

const temporaryFolder = temporaryFolders();

/** A new folder with these files in it, which is gone after the test. */
export async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  await Promise.all(Object.entries(files).map(async ([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

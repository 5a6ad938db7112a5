import { format, resolveConfig } from 'prettier';
import { readPages } from './pages.js';
import { fillParts } from './parts.js';
import { showAll } from './show.js';

/** Every page as it is, and as it should be. */
export async function updatedPages(): Promise<{ file: string; found: string; expected: string }[]> {
  const [pages, parts] = [await readPages(), await showAll()];
  return Promise.all(
    [...pages].map(async ([file, found]) => {
      const options = await resolveConfig(file);
      return { file, found, expected: await format(fillParts(found, parts), { ...options, parser: 'markdown' }) };
    }),
  );
}

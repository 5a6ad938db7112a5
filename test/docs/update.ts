/** Run it by hand where what the program writes has changed: `npm run update-docs` */
import { writeFile } from 'node:fs/promises';
import { updatedPages } from './updated-pages.js';

it(
  'updates what README.md and docs/ show of the program',
  async () => {
    for (const { file, found, expected } of await updatedPages()) {
      if (found !== expected) await writeFile(file, expected);
    }
  },
  10 * 60_000,
);

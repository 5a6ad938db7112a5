/** Run it by hand where what the program writes has changed: `npm run update-readme` */
import { writeFile } from 'node:fs/promises';
import { README, readmeWithRows } from './readme-rows.js';

it(
  'updates README.md',
  async () => {
    await writeFile(README, (await readmeWithRows()).expected);
  },
  10 * 60_000,
);

import { readmeWithRows } from './readme-rows.js';

it(
  'README.md shows rows as the program writes them; `npm run update-readme` puts them there',
  async () => {
    const { found, expected } = await readmeWithRows();
    expect(found).toBe(expected);
  },
  10 * 60_000,
);

import { updatedPages } from './updated-pages.js';

it(
  'README.md and docs/ show what the program writes, but for figures; `npm run update-docs` puts it there',
  async () => {
    const pages = await updatedPages();
    expect(Object.fromEntries(pages.map(({ file, found }) => [file, found]))).toEqual(
      Object.fromEntries(pages.map(({ file, expected }) => [file, expected])),
    );
  },
  10 * 60_000,
);

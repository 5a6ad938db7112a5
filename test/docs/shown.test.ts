import { readPages } from './pages.js';
import { partNames } from './parts.js';
import { SHOWN_COMMANDS, SHOWN_ROWS } from './shown-commands.js';
import { updatedPages } from './updated-pages.js';

it('all that can be shown is shown somewhere', async () => {
  const shown = new Set([...(await readPages()).values()].flatMap(partNames));
  expect([...SHOWN_COMMANDS, ...SHOWN_ROWS].map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

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

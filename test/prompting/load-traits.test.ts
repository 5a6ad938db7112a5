import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTraits } from '../../src/prompting/load-traits.js';
import { folderWith } from './write-files.js';

const TRAITS = 'description: Who they are.\naxes:\n  Age: [young, "80"]\n  Job: [smith, baker]\n';

it('takes the traits from the first folder that has them', async () => {
  const empty = await folderWith({});
  const full = await folderWith({ 'traits.yaml': TRAITS });
  expect(await loadTraits([empty, full])).toEqual({ Age: ['young', '80'], Job: ['smith', 'baker'] });
});

it('says where the traits should lie, if there are none', async () => {
  const [own, defaults] = [await folderWith({}), await folderWith({})];
  await expect(loadTraits([own, defaults])).rejects.toThrow(
    `There is no traits.yaml in ${own} or in ${defaults}. PATH.DEFAULT_PROMPTS must name the program's own`,
  );
});

it('refuses a file that is not UTF-8, by its name', async () => {
  const file = join(await folderWith({}), 'traits.yaml');
  await writeFile(file, Buffer.from(TRAITS.replace('smith', 'käser'), 'latin1'));
  await expect(loadTraits([join(file, '..')])).rejects.toThrow(`${file} is not UTF-8: save it as UTF-8.`);
});

it.each([
  ['a number', TRAITS.replace('"80"', '80'), ':3: axes.Age.1: must be text: put 80 in quotes'],
  ['a flag', TRAITS.replace('smith', 'true'), ':4: axes.Job.0: must be text: put true in quotes'],
  ['a blank', TRAITS.replace('smith', '" "'), ':4: axes.Job.0: is blank: write a value, or take it out'],
  ['an alias', TRAITS.replace('smith', '*nope'), ':4: `*nope` is an alias in YAML: put the text in quotes'],
  ['no list', TRAITS.replace('[smith, baker]', 'smith'), ':4: axes.Job: must be a list of values'],
  ['no value', TRAITS.replace('[smith, baker]', '[]'), ':4: axes.Job: needs a value'],
  ['an axis without a name', TRAITS.replace('Job:', '"":'), ':4: axes.: needs a name'],
  ['no axes', 'description: Nobody.\n', ':1: axes: is missing'],
  ['a text', 'Age and job', ':1: must be keys with values'],
])('names file and line: %s', async (_what, source, problem) => {
  const folder = await folderWith({ 'traits.yaml': source });
  await expect(loadTraits([folder])).rejects.toThrow(join(folder, 'traits.yaml') + problem);
});

it('takes aliases that have their anchor', async () => {
  const folder = await folderWith({ 'traits.yaml': TRAITS.replace('[smith, baker]', '&jobs [smith]\n  Trade: *jobs') });
  expect(await loadTraits([folder])).toMatchObject({ Job: ['smith'], Trade: ['smith'] });
});

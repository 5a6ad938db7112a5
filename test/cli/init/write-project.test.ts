import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { helpFor, writeProject } from '../../../src/cli/init/write-project.js';
import { temporaryFolders } from '../../support/temporary-folder.js';

const newFolder = temporaryFolders();
const PROJECT = {
  config: 'PATH: {}\n',
  textFolder: './texts',
  files: new Map([
    ['prompts/README.md', 'new\n'],
    ['prompts/examples/judge-paragraph.yaml', 'judge\n'],
  ]),
};

it('makes the folder and all that belongs into it', async () => {
  const folder = join(await newFolder(), 'deep', 'my-book');
  expect(await writeProject(folder, PROJECT)).toEqual({ kept: [], texts: 0 });
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    'config.yaml',
    'prompts',
    'prompts/README.md',
    'prompts/examples',
    'prompts/examples/judge-paragraph.yaml',
    'texts',
  ]);
  expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toBe('PATH: {}\n');
});

it('keeps texts and prompts that are there, and says so', async () => {
  const folder = await newFolder();
  await mkdir(join(folder, 'texts'));
  await mkdir(join(folder, 'prompts'));
  await writeFile(join(folder, 'texts', 'salt.txt'), 'Salt.');
  await writeFile(join(folder, 'prompts', 'README.md'), 'mine\n');
  expect(await writeProject(folder, PROJECT)).toEqual({ kept: [join(folder, 'prompts', 'README.md')], texts: 1 });
  expect(await readFile(join(folder, 'prompts', 'README.md'), 'utf8')).toBe('mine\n');
});

it('writes nothing at all where there are settings', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'config.yaml'), 'mine\n');
  await expect(writeProject(folder, PROJECT)).rejects.toThrow(
    /config\.yaml is there already, and init overwrites nothing/,
  );
  expect(await readdir(folder)).toEqual(['config.yaml']);
  expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toBe('mine\n');
});

it('says what is in the way', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'prompts'), 'a file');
  await expect(writeProject(folder, PROJECT)).rejects.toThrow(
    `${join(folder, 'prompts')} cannot be made (EEXIST): choose another folder, or move away what is in its place`,
  );
});

it.each([
  ['EACCES', 'get the right to write there'],
  ['EROFS', 'get the right to write there'],
  ['ENOSPC', 'make room'],
  ['ENAMETOOLONG', 'a shorter name'],
  ['ENOTDIR', 'move away what is in its place'],
])('says what to do about %s', (code, help) => {
  expect(helpFor(code)).toContain(help);
});

it('leaves no settings behind where something is in the way, so that the same command can be given again', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'texts'), 'a file');
  await expect(writeProject(folder, PROJECT)).rejects.toThrow(`${join(folder, 'texts')} cannot be made`);
  await rm(join(folder, 'texts'));
  expect(await writeProject(folder, PROJECT)).toEqual({ kept: [], texts: 0 });
  expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toBe('PATH: {}\n');
});

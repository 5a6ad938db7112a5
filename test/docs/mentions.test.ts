import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { SETTINGS } from '../../src/config/schema.js';
import { anchorsOf, commandsOf, linksOf, settingsOf } from './mentions.js';
import { readPages } from './pages.js';

const pages = await readPages();
const each = [...pages];

async function help(...command: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/client.js', ...command, '--help']);
  return stdout;
}

it.each(each)('%s links to files and headings that are there', (file, page) => {
  const broken = linksOf(file, page).filter(({ path, anchor }) => {
    if (!existsSync(path)) return true;
    return anchor !== '' && !anchorsOf(pages.get(path) ?? '').includes(anchor);
  });
  expect(broken).toEqual([]);
});

it.each(each)('%s names settings that there are', (_file, page) => {
  const keys = SETTINGS.map(({ key }) => key);
  expect(settingsOf(page).filter((key) => !keys.includes(key))).toEqual([]);
});

it('every page stands in the index', () => {
  const linked = linksOf('docs/README.md', pages.get('docs/README.md') ?? '').map(({ path }) => path);
  expect(linked.toSorted()).toEqual([...pages.keys()].filter((file) => !file.endsWith('README.md')).toSorted());
});

it('pages name commands and options that the program has', async () => {
  const names = [...(await help()).matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  const helps = new Map(await Promise.all(names.map(async (name) => [name, await help(name)] as const)));
  const wrong = each.flatMap(([file, page]) =>
    commandsOf(page).flatMap(({ command, options }) => {
      const text = command === '' ? [...helps.values()].join() : helps.get(command);
      if (text === undefined) return [`${file}: ${command}`];
      return options.filter((option) => !text.includes(option)).map((option) => `${file}: ${command} ${option}`);
    }),
  );
  expect(wrong).toEqual([]);
});

it.each([
  ['`npx augmentoolkit run --until pairs`', [{ command: 'run', options: ['--until'] }]],
  ['run augmentoolkit outside of code', []],
  ['`--debug` shows', [{ command: '', options: ['--debug'] }]],
])('reads %s', (text, mentions) => {
  expect(commandsOf(text)).toEqual(mentions);
});

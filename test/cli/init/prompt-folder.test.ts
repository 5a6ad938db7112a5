import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { choosePrompts, promptFiles, readOwnPrompts } from '../../../src/cli/init/prompt-folder.js';
import { folderWarnings } from '../../../src/prompting/folder-warnings.js';
import { loadPrompts } from '../../../src/prompting/load-prompts.js';
import { loadTraits } from '../../../src/prompting/load-traits.js';
import { STEPS } from '../../../src/steps/index.js';
import { temporaryFolders } from '../../support/temporary-folder.js';

const newFolder = temporaryFolders();
const own = await readOwnPrompts('prompts');

async function write(asked?: string): Promise<string> {
  const folder = await newFolder();
  for (const [path, text] of promptFiles(own, choosePrompts(own, asked))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

async function inForce(folder: string): Promise<string[]> {
  const prompts = await loadPrompts([folder, 'prompts'], STEPS);
  return Object.values(prompts).flatMap(({ step, file }) => (dirname(file) === folder ? [step] : []));
}

it('the program’s own prompts are those of all steps in their order, and the traits', () => {
  expect(own.map(({ name }) => name)).toEqual([...STEPS.map(({ name }) => name), 'traits']);
});

describe('a new folder of prompts', () => {
  it('changes nothing by itself, and gives no warning', async () => {
    const folder = await write();
    expect(await inForce(folder)).toEqual([]);
    expect(await folderWarnings([folder, 'prompts'], STEPS)).toEqual([]);
  });

  it('has every prompt as an example that can be copied as it is', async () => {
    const folder = await write();
    const examples = await loadPrompts([join(folder, 'examples')], STEPS);
    const originals = await loadPrompts(['prompts'], STEPS);
    const hashes = (prompts: typeof examples) => Object.entries(prompts).map(([step, { hash }]) => [step, hash]);
    expect(hashes(examples)).toEqual(hashes(originals));
    expect(await loadTraits([join(folder, 'examples')])).toEqual(await loadTraits(['prompts']));
  });

  it.each([
    ['all', STEPS.map(({ name }) => name)],
    ['judge-paragraph', ['judge-paragraph']],
    ['revise-context.yaml, check-question,traits', ['check-question', 'revise-context']],
  ])('has those in force that are asked for: %s', async (asked, steps) => {
    expect(await inForce(await write(asked))).toEqual(steps);
  });

  it('says of every prompt what it does and which variables it may use', () => {
    const readme = promptFiles(own, []).get('README.md') ?? '';
    expect(readme).toContain('| check-question.yaml | Votes on whether');
    for (const { name, variables } of STEPS) {
      const row = readme.split('\n').find((line) => line.startsWith(`| ${name}.yaml |`)) ?? '';
      const named = Object.entries(variables).map(([key, use]) => (use === 'required' ? key : `(${key})`));
      expect(row).toMatch(/^\| \S+ \| [A-Z].+\. \| /);
      expect(row.endsWith(`| ${named.join(', ')} |`)).toBe(true);
    }
  });
});

it('a name that no prompt has is refused, with the nearest', () => {
  expect(() => choosePrompts(own, 'traits,judge_paragraph')).toThrow(
    'There is no prompt "judge_paragraph"; did you mean judge-paragraph?',
  );
});

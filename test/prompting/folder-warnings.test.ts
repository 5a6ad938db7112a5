import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderWarnings } from '../../src/prompting/folder-warnings.js';
import { loadPrompts } from '../../src/prompting/load-prompts.js';
import { stepsOf } from '../../src/steps/index.js';
import { folderWith } from './write-files.js';

const DEFAULTS = fileURLToPath(new URL('../../prompts', import.meta.url));
const STEPS = stepsOf({ assistantMode: true });

async function warningsOf(files: readonly string[], useFilenames = false): Promise<string[]> {
  const folder = await folderWith(Object.fromEntries(files.map((name) => [name, ''])));
  const warnings = await folderWarnings([folder, DEFAULTS], STEPS, { useFilenames });
  return warnings.map((warning) => warning.replaceAll(join(folder, '/'), '').replaceAll(folder, 'FOLDER'));
}

describe('a name that no prompt has', () => {
  it.each([
    ['judge-paragraf.yaml', 'judge-paragraph.yaml'],
    ['judge-paragraph.yml', 'judge-paragraph.yaml'],
    ['Judge-Paragraph.yaml', 'judge-paragraph.yaml'],
    ['judge_paragraph.yaml', 'judge-paragraph.yaml'],
    ['judge_paragraph.json', 'judge-paragraph.json'],
    ['judge_paragraph_filename.json', 'judge_paragraph_no_filenames.json'],
    ['qatuples_gen.json', 'qatuples_gen_no_filenames.json'],
    ['generate-question.yaml', 'generate-questions.yaml'],
    ['check_answers.json', 'check_answer.json'],
    ['write-scenarios.yaml', 'write-scenario.yaml'],
    ['trait.yaml', 'traits.yaml'],
    ['traits.json', 'traits.yaml'],
  ])('%s is told, with the nearest one', async (file, meant) => {
    expect(await warningsOf([file])).toEqual([`${file} is not used: no prompt has this name. Did you mean ${meant}?`]);
  });

  it.each([
    ['a prompt', ['judge-paragraph.yaml', 'check_answer.json']],
    ['a prompt of the other mode', ['write-conversation.yaml', 'multi_turn_conversation.json']],
    ['the traits', ['traits.yaml']],
    ['another thing', ['notes.yaml', 'glossary.json', 'README.md', 'judge-paragraph.yaml.bak']],
    ['a prompt that Augmentoolkit has and we have not', ['qatuples_plan_filenames.json', 'test_prompt.json']],
  ])('is not %s', async (_what, files) => {
    expect(await warningsOf(files)).toEqual([]);
  });
});

describe("Augmentoolkit's two prompts for one step", () => {
  const WITH = 'judge_paragraph_filenames.json';
  const WITHOUT = 'judge_paragraph_no_filenames.json';

  it.each([
    [true, WITHOUT, WITH, 'may not tell the model title and author'],
    [false, WITH, WITHOUT, 'may tell the model title and author'],
  ])('with USE_FILENAMES %s and only %s, it is said what that does', async (useFilenames, file, wanted, effect) => {
    expect(await warningsOf([file], useFilenames)).toEqual([
      `${file} is used, since there is no ${wanted} beside it; with USE_FILENAMES ${useFilenames}, it ${effect}.`,
    ]);
  });

  it.each([true, false])('with both, nothing is to be said (USE_FILENAMES %s)', async (useFilenames) => {
    expect(await warningsOf([WITH, WITHOUT], useFilenames)).toEqual([]);
  });
});

it('tells of a prompt that lies beside one that goes first', async () => {
  expect(await warningsOf(['judge-paragraph.yaml', 'judge_paragraph_no_filenames.json'])).toEqual([
    'judge_paragraph_no_filenames.json is not used: judge-paragraph.yaml goes first.',
  ]);
});

describe('completion prompts', () => {
  it('are told once, all of them, where they stand alone', async () => {
    const files = ['check_question.txt', 'judge_paragraph_filenames.txt', 'check_answer.txt', 'check_answer.json'];
    expect(await warningsOf([...files, 'notes.txt', 'multi_turn_conversation.txt'])).toEqual([
      'FOLDER: completion prompts (.txt) cannot be used yet, so the default prompts stand in for ' +
        'check_question.txt, judge_paragraph_filenames.txt.',
    ]);
  });
});

it('tells of braces that look like placeholders, and are none', async () => {
  const folder = await folderWith({
    'check-question.yaml': 'Judge {Text} by {text},\nnot by { question } or {QUESTION }; {"text": 1}, {Name}, {}',
    'judge_paragraph_no_filenames.json': '["{TextName}, {Answer}"]',
  });
  const said = (file: string, written: string, meant: string) =>
    `${join(folder, file)}: ${written} goes to the model as it stands. Did you mean ${meant}?`;
  expect(await folderWarnings([folder, DEFAULTS], STEPS)).toEqual([
    said('judge_paragraph_no_filenames.json:1', '{TextName}', '{textname}'),
    said('check-question.yaml:1', '{Text}', '{text}'),
    said('check-question.yaml:2', '{ question }', '{question}'),
    said('check-question.yaml:2', '{QUESTION }', '{question}'),
  ]);
});

it('tells of a folder that does not exist, from which nothing is taken', async () => {
  const missing = join(await folderWith({}), 'nowhere');
  expect(await folderWarnings([missing, DEFAULTS], STEPS)).toEqual([
    `There is no folder ${missing}, so no prompt is taken from there.`,
  ]);
});

it('has nothing to say of the default prompts', async () => {
  expect(await folderWarnings([DEFAULTS, DEFAULTS], STEPS)).toEqual([]);
});

it('does not keep a broken file that is not used from loading', async () => {
  const folder = await folderWith({ 'judge-paragraf.yaml': '[', 'judge_paragraph_no_filenames.txt': '{nothing}' });
  const prompts = await loadPrompts([folder, DEFAULTS], STEPS);
  expect(prompts['judge-paragraph']?.file).toBe(join(DEFAULTS, 'judge-paragraph.yaml'));
});

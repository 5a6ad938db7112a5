import { findPrompts } from '../../src/prompting/find-prompts.js';
import { STEPS } from '../../src/steps/index.js';
import { folderWith } from './write-files.js';

const step = (name: string) => STEPS.filter((each) => each.name === name);
const EMPTY = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));

/** The name of the file that is taken for a step from a folder with these files. */
async function taken(stepName: string, files: readonly string[], useFilenames: boolean): Promise<string | undefined> {
  const { found } = await findPrompts([await folderWith(EMPTY(files))], step(stepName), { useFilenames });
  return found[0]?.name;
}

describe('in one folder', () => {
  const TWOFOLD = ['judge_paragraph_filenames.json', 'judge_paragraph_no_filenames.json'];

  it.each([
    ['our YAML first', ['judge-paragraph.yaml', 'judge-paragraph.json', ...TWOFOLD], true, 'judge-paragraph.yaml'],
    ['then JSON under our name', ['judge-paragraph.json', ...TWOFOLD], true, 'judge-paragraph.json'],
    ['then theirs with file names', TWOFOLD, true, 'judge_paragraph_filenames.json'],
    ['or without', TWOFOLD, false, 'judge_paragraph_no_filenames.json'],
    ['the other where it is the only one', TWOFOLD.slice(0, 1), false, 'judge_paragraph_filenames.json'],
    ['no completion prompt', ['judge_paragraph_no_filenames.txt'], false, undefined],
  ])('%s', async (_what, files, useFilenames, expected) => {
    expect(await taken('judge-paragraph', files, useFilenames)).toBe(expected);
  });

  it.each([
    ['judge-paragraph', 'judge_paragraph_no_filenames.json'],
    ['generate-questions', 'qatuples_gen_no_filenames.json'],
    ['check-question', 'check_question.json'],
    ['check-answer-relevancy', 'check_answer_relevancy_with_text.json'],
    ['check-answer-accuracy', 'check_answer.json'],
    ['regenerate-question', 'new_q_gen_no_filenames.json'],
    ['revise-context', 'check_qatuple_context_no_filenames.json'],
    ['plan-character', 'create_character_card_plan_no_filenames.json'],
    ['write-character', 'create_character_card_no_filenames.json'],
    ['plan-scenario', 'create_scenario_plan.json'],
    ['write-scenario', 'create_scenario.json'],
    ['write-conversation', 'multi_turn_conversation.json'],
    ['write-assistant-conversation', 'multi_turn_assistant_conversation.json'],
  ])('%s may be called %s', async (name, file) => {
    expect(await taken(name, [file], false)).toBe(file);
  });
});

it('takes any form in the first folder before any form in the second', async () => {
  const own = await folderWith(EMPTY(['judge_paragraph_filenames.json']));
  const defaults = await folderWith(EMPTY(['judge-paragraph.yaml', 'check-question.yaml']));
  const steps = [...step('judge-paragraph'), ...step('check-question')];
  const { found, problems } = await findPrompts([own, defaults], steps);
  expect(found.map(({ folder, name }) => [folder, name])).toEqual([
    [own, 'judge_paragraph_filenames.json'],
    [defaults, 'check-question.yaml'],
  ]);
  expect(problems).toEqual([]);
});

it('names every file that would do where there is none', async () => {
  const folder = await folderWith(EMPTY(['judge-paragraph.yaml']));
  const { problems } = await findPrompts([folder, folder], step('generate-questions'), { useFilenames: true });
  expect(problems).toEqual([
    `There is no generate-questions.yaml or generate-questions.json or qatuples_gen_filenames.json in ${folder}.`,
  ]);
});

describe('default prompts that are none', () => {
  const REMEDY =
    "PATH.DEFAULT_PROMPTS must name the program's own `prompts` folder; `npx augmentoolkit init` writes that path.";

  it('are one problem where the folder does not exist', async () => {
    const own = await folderWith(EMPTY(['judge-paragraph.yaml']));
    const { problems } = await findPrompts([own, `${own}/nowhere`], STEPS);
    expect(problems).toEqual([`There is no folder ${own}/nowhere. ${REMEDY}`]);
  });

  it('are one problem where the folder holds other things', async () => {
    const folder = await folderWith(EMPTY(['notes.yaml', 'check_answer.json']));
    const { problems } = await findPrompts([folder, folder], STEPS);
    expect(problems).toEqual([`${folder} holds no prompt of the program. ${REMEDY}`]);
  });

  it('are no problem where the own folder has everything', async () => {
    const own = await folderWith(EMPTY(['judge-paragraph.yaml']));
    expect((await findPrompts([own, `${own}/nowhere`], step('judge-paragraph'))).problems).toEqual([]);
  });
});

it('refuses a file where a folder should be', async () => {
  const folder = await folderWith({ 'prompts.yaml': '' });
  await expect(findPrompts([`${folder}/prompts.yaml`], STEPS)).rejects.toThrow('must be a folder with prompts');
});

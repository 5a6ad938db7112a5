import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPrompts } from '../../../src/cli/doctor/check-prompts.js';
import { makePlan } from '../../../src/planning/make-plan.js';
import { stepsOf } from '../../../src/steps/index.js';
import { temporaryFolders } from '../../support/temporary-folder.js';
import { loaded } from './settings.js';

const newFolder = temporaryFolders();
const inAll = stepsOf({ assistantMode: true }).length;

async function check(files: string[], change: Record<string, string> = {}, ...set: string[]) {
  const folder = await newFolder();
  for (const file of files) await copyFile(join('prompts', file), join(folder, file));
  for (const [name, text] of Object.entries(change)) await writeFile(join(folder, name), text);
  const { settings } = await loaded([`PATH.PROMPTS=${folder}`, ...set]);
  const planned = await makePlan({ settings, until: 'conversations', program: 'test', retries: {} }).catch(
    (error: unknown) => error,
  );
  return { folder, planned, ...(await checkPrompts(settings)) };
}

it('says how many prompts come from where', async () => {
  const { findings, folder, prompts } = await check(['judge-paragraph.yaml', 'revise-context.yaml']);
  expect(findings).toEqual([
    { check: 'prompts', state: 'ok', message: `2 of ${inAll} from ${folder}, ${inAll - 2} from ./prompts` },
  ]);
  expect(Object.keys(prompts ?? {})).toHaveLength(inAll);
});

it('says it shorter where all come from one folder, and counts the axes of traits', async () => {
  const { findings } = await check([], {}, 'SYSTEM.ASSISTANT_MODE=false');
  expect(findings[0]).toMatchObject({
    state: 'ok',
    message: expect.stringMatching(/^all \d+ from \.\/prompts; traits on \d+ axes$/),
  });
});

it('lists every fault of prompts and traits, as a run would', async () => {
  const { findings, folder, planned } = await check(
    [],
    { 'judge-paragraph.yaml': 'messages: [\n', 'traits.yaml': 'axes: {}\n' },
    'SYSTEM.ASSISTANT_MODE=false',
  );
  const wrong = findings.filter(({ state }) => state === 'fix').map(({ message }) => message);
  expect(wrong.some((message) => message.startsWith(`${folder}/judge-paragraph.yaml:`))).toBe(true);
  expect(wrong.some((message) => message.startsWith(`${folder}/traits.yaml:`))).toBe(true);
  expect(wrong).toContain((planned as Error).message.split('\n')[0]);
});

it('points out a name that no prompt has, with the warning a run gives', async () => {
  const { findings, planned } = await check([], { 'judge-paragraf.yaml': 'x: 1\n' });
  const [, note] = findings;
  expect(note).toMatchObject({ state: 'note', message: expect.stringContaining('Did you mean judge-paragraph.yaml?') });
  expect((planned as { warnings: string[] }).warnings).toContain(note?.message);
});

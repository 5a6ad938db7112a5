import { join } from 'node:path';
import { loadPrompts } from '../../src/prompting/load-prompts.js';
import { PromptError } from '../../src/prompting/prompt-error.js';
import type { Prompt } from '../../src/prompting/prompt.js';
import { renderPrompt } from '../../src/prompting/render-prompt.js';
import { STEPS } from '../../src/steps/index.js';
import { folderWith } from './write-files.js';

/** Loads one JSON prompt of a real step, under the step's own name. */
async function load(step: string, source: string): Promise<Prompt> {
  const steps = STEPS.filter(({ name }) => name === step);
  const prompt = (await loadPrompts([await folderWith({ [`${step}.json`]: source })], steps))[step];
  if (prompt === undefined) throw new Error(`There is no step ${step}.`);
  return prompt;
}

async function problemsOf(step: string, source: string): Promise<readonly string[]> {
  const error = await load(step, source).catch((caught: unknown) => caught);
  if (!(error instanceof PromptError)) throw new Error('The prompt was taken.');
  return error.problems.map((problem) => problem.replace(/^.*\//, ''));
}

const chat = (...contents: string[]): string =>
  JSON.stringify(
    contents.map((content, index) => ({
      role: index === 0 ? 'system' : index % 2 === 1 ? 'user' : 'assistant',
      content,
    })),
    undefined,
    2,
  );
const contentsOf = ({ messages }: Pick<Prompt, 'messages'>): string[] => messages.map(({ content }) => content);

describe('the names that Augmentoolkit gives to variables', () => {
  it.each([
    ['judge-paragraph', '{textname}: {text}', '{textname}: {text}'],
    ['generate-questions', '{textdetails}: {text}', '{textname}: {text}'],
    ['check-question', '{text} {question}', '{text} {question}'],
    ['regenerate-question', '{textname}: {text}', '{textname}: {text}'],
    ['revise-context', '{textname} {question} {answer}', '{textname} {question} {answer}'],
    [
      'plan-character',
      '{text} {question_answer_list} {special_instructions} {textname}',
      '{text} {pairs} {traits} {textname}',
    ],
    ['write-character', '{text} {instructions} {plan} {textname}', '{text} {traits} {plan} {textname}'],
    ['plan-scenario', '{question_answer_list} {character}', '{pairs} {character}'],
    ['write-scenario', '{question_answer_list} {character} {plan}', '{pairs} {character} {plan}'],
    [
      'write-conversation',
      '{character} {scenario} {extra_info} {question_answer_list} {charname}',
      '{character} {scenario} {plan} {pairs} {answerer}',
    ],
    ['write-assistant-conversation', '{question_answer_list}', '{pairs}'],
  ])('are ours in %s', async (step, theirs, ours) => {
    const prompt = await load(step, chat('Do it.', theirs));
    expect(contentsOf(prompt)).toEqual(['Do it.', ours]);
  });

  it('stand beside our own', async () => {
    const prompt = await load('plan-scenario', chat('Do it.', '{pairs} {character}'));
    expect(contentsOf(prompt)).toEqual(['Do it.', '{pairs} {character}']);
  });

  it('make no difference to the hash, which is over what is sent', async () => {
    const theirs = await load('plan-scenario', chat('Do it.\\n', '{question_answer_list} {character}'));
    const ours = await load('plan-scenario', chat('Do it.\n', '{pairs} {character}'));
    expect(theirs.hash).toBe(ours.hash);
  });

  it('leave other braces alone', async () => {
    const text = 'Write {"a": 1}, {Name}, {} or {two words}: {text}';
    expect(contentsOf(await load('judge-paragraph', chat(text, 'Now.')))[0]).toBe(text);
  });
});

describe('line breaks', () => {
  it.each([
    ['the characters \\ and n, where none is real', String.raw`Notes:\n{text}\n\nNow.`, 'Notes:\n{text}\n\nNow.'],
    ['real ones, beside which \\n is text', 'Write \\n here:\n{text}', 'Write \\n here:\n{text}'],
  ])('are %s', async (_what, written, read) => {
    expect(contentsOf(await load('judge-paragraph', chat(written, 'Now.')))).toEqual([read, 'Now.']);
  });

  it('in a value stay as they are', async () => {
    const prompt = await load('judge-paragraph', chat(String.raw`Judge.\nWell.`, '{text}'));
    const text = String.raw`A path: C:\new {textname}`;
    expect(contentsOf({ messages: renderPrompt(prompt, { text, textname: 'Paths' }) })).toEqual([
      'Judge.\nWell.',
      text,
    ]);
  });
});

describe('JSON as editors write it', () => {
  it.each([
    ['tabs', '[\n\t{\n\t\t"role": "user",\n\t\t"content": "Judge {text}"\n\t}\n]\n'],
    ['one line', '[{"role":"user","content":"Judge {text}"}]'],
    ['a byte order mark and CRLF', '\uFEFF[{"role": "user",\r\n"content": "Judge {text}"}]\r\n'],
    ['escapes', String.raw`[{"role": "user", "content": "\u004Audge \u007btext}"}]`],
    ['a comma too many', '[{"role": "user", "content": "Judge {text}",},]'],
  ])('is read: %s', async (_what, source) => {
    expect((await load('judge-paragraph', source)).messages).toEqual([{ role: 'user', content: 'Judge {text}' }]);
  });

  it('keeps what is escaped', async () => {
    const source = String.raw`[{"role": "user", "content": "\"{text}\" \/ \t \\d \ud83d\udc1d"}]`;
    expect(contentsOf(await load('judge-paragraph', source))).toEqual(['"{text}" / \t \\d 🐝']);
  });
});

describe('problems', () => {
  const user = (content: string): string => `[\n  {\n    "role": "user",\n    "content": "${content}"\n  }\n]`;

  it.each([
    [
      'an unknown placeholder, on the line of its text',
      'judge-paragraph',
      user('One\\\\ntwo {txet} {text}'),
      'judge-paragraph.json:4: judge-paragraph does not give {txet} (did you mean {text}?); it gives {text}, {source_line}, {textname}',
    ],
    [
      'a name of another step, with the names of this form',
      'plan-scenario',
      user('{question_answer_list} {character} {extra_info}'),
      'plan-scenario.json:4: plan-scenario does not give {extra_info}; it gives {question_answer_list}, {character}',
    ],
    [
      'a required variable, under its name in this form',
      'write-assistant-conversation',
      user('Talk.'),
      'write-assistant-conversation.json:1: the messages must use {question_answer_list}, or write-assistant-conversation cannot do its work',
    ],
    [
      'a role of no kind',
      'judge-paragraph',
      user('{text}').replace('user', 'human'),
      'judge-paragraph.json:3: 0.role:',
    ],
    [
      'another key',
      'judge-paragraph',
      user('{text}').replace('role', 'rôle'),
      'judge-paragraph.json:3: 0: unknown key rôle',
    ],
    ['no content', 'judge-paragraph', user(''), 'judge-paragraph.json:4: 0.content:'],
    [
      'an object in place of a list',
      'judge-paragraph',
      '{"messages": []}',
      'judge-paragraph.json:1: must be a list of messages, each with role and content',
    ],
    [
      'no user at the end',
      'judge-paragraph',
      user('{text}').replace('user', 'assistant'),
      'judge-paragraph.json:1: the last message must be from user',
    ],
    ['an empty file', 'judge-paragraph', '', 'judge-paragraph.json:1: must be a list of messages'],
    [
      'a key twice',
      'judge-paragraph',
      user('{text}').replace('"role"', '"role": "system",\n    "role"'),
      'judge-paragraph.json:4: Map keys must be unique',
    ],
    [
      'a missing comma',
      'judge-paragraph',
      user('{text}').replace('"user",', '"user"'),
      'judge-paragraph.json:4: Missing ,',
    ],
    ['an unknown escape', 'judge-paragraph', user(String.raw`\q {text}`), 'judge-paragraph.json:4: Invalid escape'],
    ['a list without its end', 'judge-paragraph', user('{text}').slice(0, -1), 'judge-paragraph.json:6: Flow sequence'],
    [
      'a text over two lines',
      'judge-paragraph',
      user('One\ntwo {text}'),
      'judge-paragraph.json:4: a text must stay on its line; write \\n for a line break',
    ],
  ])('name file and line: %s', async (_what, step, source, problem) => {
    expect(await problemsOf(step, source)).toContainEqual(expect.stringContaining(problem));
  });

  it('do not include what Augmentoolkit never gave: rejected versions and sibling questions', async () => {
    expect(contentsOf(await load('regenerate-question', user('{text}')))).toEqual(['{text}']);
  });
});

it('names the file by its whole path', async () => {
  const folder = await folderWith({ 'judge-paragraph.json': '[]' });
  const steps = STEPS.filter(({ name }) => name === 'judge-paragraph');
  await expect(loadPrompts([folder], steps)).rejects.toThrow(`${join(folder, 'judge-paragraph.json')}:1: `);
});

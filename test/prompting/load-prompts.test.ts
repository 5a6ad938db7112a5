import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PromptedStep } from '../../src/prompting/check-prompt.js';
import { loadPrompts } from '../../src/prompting/load-prompts.js';
import { PromptError } from '../../src/prompting/prompt-error.js';
import { folderWith } from './write-files.js';

const JUDGE: PromptedStep = { name: 'judge', variables: { text: 'required', source_line: 'optional' } };
const VOTE: PromptedStep = { name: 'vote', variables: { text: 'required', question: 'required' } };

const JUDGE_PROMPT = `description: Judges.
variables: [text]
messages:
  - role: system
    content: Judge it.
  - role: user
    content: |-
      <text>
      {text}
      </text>
`;
const VOTE_PROMPT = JUDGE_PROMPT.replace('[text]', '[text, question]').replace('</text>', '</text>\n      {question}');

async function problemsOf(...sources: string[]): Promise<readonly string[]> {
  const steps = [JUDGE, VOTE].slice(0, sources.length);
  const folder = await folderWith(
    Object.fromEntries(steps.map(({ name }, index) => [`${name}.yaml`, sources[index] ?? ''])),
  );
  const error = await loadPrompts([folder], steps).catch((caught: unknown) => caught);
  if (!(error instanceof PromptError)) throw new Error('The prompts were taken.');
  return error.problems.map((problem) => problem.replace(join(folder, '/'), ''));
}

describe('finding', () => {
  it('takes each prompt from the first folder that has it', async () => {
    const own = await folderWith({ 'judge.yaml': JUDGE_PROMPT.replace('Judge it.', 'Judge it my way.') });
    const defaults = await folderWith({ 'judge.yaml': JUDGE_PROMPT, 'vote.yaml': VOTE_PROMPT });
    const prompts = await loadPrompts([own, defaults], [JUDGE, VOTE]);
    expect(prompts.judge).toMatchObject({ step: 'judge', file: join(own, 'judge.yaml') });
    expect(prompts.judge?.messages[0]).toEqual({ role: 'system', content: 'Judge it my way.' });
    expect(prompts.vote?.file).toBe(join(defaults, 'vote.yaml'));
  });

  it('names both folders where a prompt is missing, and a folder that does not exist is no other case', async () => {
    const folder = await folderWith({ 'judge.yaml': JUDGE_PROMPT });
    const missing = join(folder, 'nowhere');
    await expect(loadPrompts([missing, folder], [JUDGE, VOTE])).rejects.toThrow(
      `There is no vote.yaml or vote.json in ${missing} or in ${folder}.`,
    );
  });

  it('refuses a file that is not UTF-8, by its name', async () => {
    const folder = await folderWith({});
    const file = join(folder, 'judge.yaml');
    await writeFile(file, Buffer.from(JUDGE_PROMPT.replace('Judges.', 'Prüft.'), 'latin1'));
    await expect(loadPrompts([folder], [JUDGE])).rejects.toThrow(`${file} is not UTF-8: save it as UTF-8.`);
  });
});

describe('the hash', () => {
  const hashOf = async (source: string) =>
    (await loadPrompts([await folderWith({ 'judge.yaml': source })], [JUDGE])).judge?.hash;

  it('is the same for the same words, wherever the file lies and whatever it says about itself', async () => {
    const described = JUDGE_PROMPT.replace('Judges.', 'Judges a paragraph.').replaceAll('\n', '\r\n');
    expect(await hashOf(described)).toBe(await hashOf(JUDGE_PROMPT));
    expect(await hashOf(JUDGE_PROMPT)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['a word', JUDGE_PROMPT.replace('Judge it.', 'Judge that.')],
    ['a role', JUDGE_PROMPT.replace('role: system', 'role: assistant')],
    ['the sampling', `${JUDGE_PROMPT}sampling: { temperature: 0 }\n`],
  ])('changes with %s', async (_what, source) => {
    expect(await hashOf(source)).not.toBe(await hashOf(JUDGE_PROMPT));
  });
});

it('keeps the sampling that a prompt asks for, zero included', async () => {
  const folder = await folderWith({ 'judge.yaml': `${JUDGE_PROMPT}sampling: { temperature: 0, stop: ["###"] }\n` });
  const { judge } = await loadPrompts([folder], [JUDGE]);
  expect(judge?.sampling).toEqual({ temperature: 0, stop: ['###'] });
});

/** Each line stands for ten times the line before. */
function endlessAliases(): string {
  const tenTimes = (name: string) => `[${Array.from({ length: 10 }, () => `*${name}`).join(', ')}]`;
  return `a: &a [one]\nb: &b ${tenTimes('a')}\nc: &c ${tenTimes('b')}\nd: ${tenTimes('c')}\n`;
}

describe('problems', () => {
  it.each([
    [
      'a placeholder of no variable',
      JUDGE_PROMPT.replace('{text}', '{text} {textt}'),
      'judge.yaml:9: judge does not give {textt} (did you mean {text}?); it gives {text}, {source_line}',
    ],
    [
      'a placeholder in a text of one line',
      JUDGE_PROMPT.replace('Judge it.', '"Judge it.\\n{book}"'),
      'judge.yaml:5: judge does not give {book}; it gives',
    ],
    [
      'a placeholder in a folded text',
      JUDGE_PROMPT.replace('Judge it.', '>-\n      Judge\n      {book}'),
      'judge.yaml:6: judge does not give {book}; it gives',
    ],
    [
      'a required variable that is not used',
      JUDGE_PROMPT.replace('{text}', 'text'),
      'judge.yaml:4: the messages must use {text}',
    ],
    [
      'a listed variable that is not used',
      JUDGE_PROMPT.replace('[text]', '[text, source_line]'),
      'judge.yaml:2: source_line is listed',
    ],
    [
      'a used variable that is not listed',
      JUDGE_PROMPT.replace('[text]', '[]'),
      'judge.yaml:9: {text} is used, but missing',
    ],
    ['an unknown key', `${JUDGE_PROMPT}temprature: 1\n`, 'judge.yaml:11: unknown key temprature'],
    ['an unknown sampling key', `${JUDGE_PROMPT}sampling:\n  top_k: 1\n`, 'judge.yaml:12: sampling: unknown key top_k'],
    [
      'a role of no kind',
      JUDGE_PROMPT.replace('role: system', 'role: robot'),
      'judge.yaml:4: messages.0.role: must be one of system, user, assistant',
    ],
    ['no messages', 'description: None.\nvariables: []\n', 'judge.yaml:1: messages: must be a list of messages'],
    [
      'no user at the end',
      JUDGE_PROMPT.replace('role: user', 'role: assistant'),
      'judge.yaml:4: messages: the last message must be from user',
    ],
    [
      'five stop strings',
      `${JUDGE_PROMPT}sampling:\n  stop: [a, b, c, d, e]\n`,
      'judge.yaml:12: sampling.stop: may hold at most 4',
    ],
    [
      'a temperature as text',
      `${JUDGE_PROMPT}sampling:\n  temperature: hot\n`,
      'judge.yaml:12: sampling.temperature: must be a number, without quotes or other characters',
    ],
    [
      'a temperature that is too high',
      `${JUDGE_PROMPT}sampling: { temperature: 3 }\n`,
      'judge.yaml:11: sampling.temperature: must be at most 2',
    ],
    ['no top_p', `${JUDGE_PROMPT}sampling: { top_p: 0 }\n`, 'judge.yaml:11: sampling.top_p: must be more than 0'],
    [
      'half a token',
      `${JUDGE_PROMPT}sampling: { max_tokens: 0.5 }\n`,
      'judge.yaml:11: sampling.max_tokens: must be a whole number',
    ],
    [
      'a stop string that is a number',
      `${JUDGE_PROMPT}sampling: { stop: [12] }\n`,
      'judge.yaml:11: sampling.stop.0: must be text: put 12 in quotes',
    ],
    ['no description', JUDGE_PROMPT.replace('description: Judges.\n', ''), 'judge.yaml:1: description: is missing'],
    ['a description left empty', JUDGE_PROMPT.replace('Judges.', ''), 'judge.yaml:1: description: is empty'],
    [
      'a placeholder that YAML takes for a map',
      JUDGE_PROMPT.replace('Judge it.', '{text}'),
      'judge.yaml:5: messages.0.content: must be text: put it in quotes',
    ],
    [
      'no message',
      'description: A.\nvariables: []\nmessages: []\n',
      'judge.yaml:3: messages: must hold at least one message',
    ],
    [
      'stars that YAML takes for an alias',
      JUDGE_PROMPT.replace('Judge it.', '*bold'),
      'judge.yaml:5: `*bold` is an alias in YAML: put the text in quotes',
    ],
    [
      'aliases without end',
      `${JUDGE_PROMPT}${endlessAliases()}`,
      'judge.yaml:12: aliases (*name) stand for too much text: write the text out',
    ],
    [
      'two documents',
      `${JUDGE_PROMPT}---\n${JUDGE_PROMPT}`,
      'judge.yaml:11: a line with --- begins a second document: indent it, or take it out',
    ],
    ['YAML that does not parse', JUDGE_PROMPT.replace('variables: [text]', 'variables: [text'), 'judge.yaml:3:'],
    ['a key twice', `description: Again.\n${JUDGE_PROMPT}`, 'judge.yaml:2: Map keys must be unique'],
    ['an empty file', '', 'judge.yaml:1: is empty'],
  ])('name file and line: %s', async (_what, source, problem) => {
    expect(await problemsOf(source)).toContainEqual(expect.stringContaining(problem));
  });

  it('are all told at once', async () => {
    const problems = await problemsOf(
      JUDGE_PROMPT.replace('{text}', '{texts}'),
      VOTE_PROMPT.replace('{question}', 'it'),
    );
    expect(problems.filter((problem) => problem.startsWith('judge.yaml'))).toHaveLength(4);
    expect(problems.filter((problem) => problem.startsWith('vote.yaml'))).toHaveLength(2);
  });

  it('do not include braces that are no placeholders', async () => {
    const source = JUDGE_PROMPT.replace('Judge it.', '"Write {\\"a\\": 1}, {Name}, {} or { text }."');
    const folder = await folderWith({ 'judge.yaml': source });
    const { judge } = await loadPrompts([folder], [JUDGE]);
    expect(judge?.messages[0]?.content).toBe('Write {"a": 1}, {Name}, {} or { text }.');
  });
});

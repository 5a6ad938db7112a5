import { encode } from 'gpt-tokenizer/encoding/cl100k_base';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mentionsSource } from '../../src/checks/source-talk.js';
import { folderWarnings } from '../../src/prompting/folder-warnings.js';
import { loadPrompts } from '../../src/prompting/load-prompts.js';
import { loadTraits } from '../../src/prompting/load-traits.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { STEPS } from '../../src/steps/index.js';
import { stepContext } from '../support/step-context.js';
import { unfitWords } from './general-audience.js';
import { examplesOf, tagged } from './prompt-examples.js';

const DEFAULTS = fileURLToPath(new URL('../../prompts', import.meta.url));
const MANUALS = join(DEFAULTS, 'for-manuals');
const FOLDERS = [MANUALS, DEFAULTS];

const prompts = await loadPrompts(FOLDERS, STEPS);
const defaults = await loadPrompts([DEFAULTS], STEPS);
const examples = examplesOf(prompts['generate-questions']);

it('takes the place of one prompt and of the traits, and leaves the others as they are', async () => {
  const replaced = STEPS.map(({ name }) => name).filter((name) => prompts[name]?.hash !== defaults[name]?.hash);
  expect(replaced).toEqual(['generate-questions']);
  expect(prompts['generate-questions']?.file).toBe(join(MANUALS, 'generate-questions.yaml'));
  expect(await loadTraits(FOLDERS)).not.toEqual(await loadTraits([DEFAULTS]));
});

it('gives nothing to warn of', async () => {
  expect(await folderWarnings(FOLDERS, STEPS)).toEqual([]);
});

const written = examples.flatMap((example) => {
  const parsed = generateQuestions.parse(example.reply, {}, stepContext());
  return parsed.ok ? [{ text: tagged(example, 'text'), pairs: parsed.value }] : [];
});

it('has examples of four pairs and of two, which the step reads', () => {
  expect(written.map(({ pairs }) => pairs.length)).toEqual([4, 2]);
});

it('has answers with no figure that is not in the text, and quotes that stand in it', () => {
  for (const [at, { text, pairs }] of written.entries()) {
    const numbers = pairs.flatMap(({ question, answer }) => `${question} ${answer}`.match(/\d+/g) ?? []);
    const notes = examples[at]?.reply.split('\n').filter((line) => line.startsWith('- ')) ?? [];
    const quotes = notes.flatMap((line) => [...line.matchAll(/"([^"]+)"/g)].map(([, quote = '']) => quote));
    expect([...numbers, ...quotes].filter((part) => !text.includes(part))).toEqual([]);
    expect(quotes.length).toBeGreaterThan(0);
  }
});

it('has pairs that do not talk of their source', () => {
  const pairs = written.flatMap((each) => each.pairs);
  expect(pairs.flatMap(({ question, answer }) => mentionsSource(`${question}\n${answer}`) ?? [])).toEqual([]);
});

it('keeps the layout of the prompt it replaces: a fixed first part, then the text, then a reminder', () => {
  const [own, replaced] = [prompts, defaults].map((each) => each['generate-questions']?.messages ?? []);
  const material = (content = '') => content.slice(0, content.indexOf('{source_line}'));
  expect(own?.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(own?.[0]?.content).not.toMatch(/\{[a-z_]+\}/);
  expect(material(own?.[1]?.content)).toBe(material(replaced?.[1]?.content));
  expect(encode(own?.[0]?.content ?? '').length).toBeLessThanOrEqual(1000);
});

it('invents people for a general audience', async () => {
  expect(unfitWords(JSON.stringify(await loadTraits(FOLDERS)))).toEqual([]);
});

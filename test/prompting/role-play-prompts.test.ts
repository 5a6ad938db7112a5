import { readFile } from 'node:fs/promises';
import { parseTraits } from '../../src/prompting/parse-traits.js';
import { planCharacter } from '../../src/steps/plan-character.js';
import { planScenario } from '../../src/steps/plan-scenario.js';
import type { Parsed } from '../../src/steps/step.js';
import { writeCharacter } from '../../src/steps/write-character.js';
import { writeConversation } from '../../src/steps/write-conversation.js';
import { writeScenario } from '../../src/steps/write-scenario.js';
import { stepContext } from '../support/step-context.js';
import { unfitWords } from './general-audience.js';
import { names, promptOf } from './own-prompts.js';
import { examplesOf, quotedPairs, tagged, type Example } from './prompt-examples.js';

const NO_CONTEXT = stepContext();
const traitsFile = await readFile('prompts/traits.yaml', 'utf8');
const ROLE_PLAY = ['plan-character', 'write-character', 'plan-scenario', 'write-scenario', 'write-conversation'];

function valueOf<Value>(parsed: Parsed<Value>): Value {
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const examples = (step: { name: string }): Example[] => examplesOf(promptOf(step.name));
const lineOf = (label: string, text: string): string =>
  new RegExp(`^(?:- )?${label}: (.+)$`, 'm').exec(text)?.[1] ?? '';
const countWords = (text: string): number => text.trim().split(/\s+/).length;
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];
const ofCard = (example: Example) => {
  const card = tagged(example, 'character');
  return { name: lineOf('Name', card), card };
};

it('looks at all prompts of role-play', () => {
  expect(names).toEqual(expect.arrayContaining(ROLE_PLAY));
});

describe('examples of plan-character', () => {
  it.each(examples(planCharacter))('number %# is read as it is meant', (example) => {
    const { given, reply } = example;
    const pairs = quotedPairs(tagged(example, 'pairs'));
    const context = stepContext({ traitsFor: () => tagged(example, 'traits') });
    const { plan } = valueOf(planCharacter.parse(reply, { pairs, conversation: 1 }, context));
    const name = lineOf('Name', plan);
    expect(name[0]).toBe(lineOf('Initial letter of the name', given));
    for (const part of name.split(' ')) expect(given).not.toContain(part);
    for (const line of plan.split('\n')) expect(line).toMatch(/^- [A-Z][^:]+: ./);
  });
});

describe('examples of write-character', () => {
  it.each(examples(writeCharacter))('number %# is read as it is meant', (example) => {
    const input = { plan: tagged(example, 'plan'), traits: tagged(example, 'traits') };
    const { name, card } = valueOf(writeCharacter.parse(example.reply, input, NO_CONTEXT));
    expect(name).toBe(lineOf('Name', input.plan));
    expect(countWords(card)).toBeLessThan(200);
    const lines = card.split('\n').map((line) => line.replace(name, 'NAME').replace(/: ".*"$/, ': ""'));
    const exchanges = ['Stranger: ""', 'NAME: ""', 'Stranger: ""', 'NAME: ""'];
    expect(lines.slice(2)).toEqual(['Dialogue Examples:', ...exchanges]);
    expect(card).toContain('\nStranger: "What\'s your backstory?"\n');
  });

  it('show traits without naming them, and keep the facts for later', () => {
    for (const example of examples(writeCharacter)) {
      const spoken = [...example.reply.matchAll(/: "(.+)"$/gm)].map(([, words = '']) => words).join('\n');
      const manner = wordsOf(lineOf('Manner of speech', example.given));
      expect(wordsOf(spoken).filter((word) => manner.includes(word))).toEqual([]);
      expect(manner.length).toBeGreaterThan(0);
      const last = wordsOf(tagged(example, 'text')).at(-1);
      expect(wordsOf(spoken)).not.toContain(last);
    }
  });
});

describe('examples of plan-scenario', () => {
  it.each(examples(planScenario))('number %# is read as it is meant', (example) => {
    const pairs = quotedPairs(tagged(example, 'pairs'));
    const character = ofCard(example);
    const plan = valueOf(planScenario.parse(example.reply, { pairs, character }, NO_CONTEXT));
    const second = lineOf('Second character', plan);
    expect(second[0]).toBe(character.name.split(' ').at(-1)?.[0]);
    for (const part of second.split(' ')) expect(example.given).not.toContain(part);
    expect(plan.match(/^- Question \d+: /gm)).toHaveLength(pairs.length);
    for (const { question, answer } of pairs) {
      const told = wordsOf(answer).filter((word) => word.length > 3 && !wordsOf(question).includes(word));
      expect(wordsOf(plan).filter((word) => told.includes(word))).toEqual([]);
    }
  });
});

describe('examples of write-scenario', () => {
  it.each(examples(writeScenario))('number %# is read as it is meant', (example) => {
    const input = { pairs: [], character: ofCard(example), plan: tagged(example, 'plan') };
    const { text, secondCharacter = '' } = valueOf(writeScenario.parse(example.reply, input, NO_CONTEXT));
    expect(secondCharacter).toBe(lineOf('Second character', input.plan));
    expect(text).toContain(secondCharacter);
    expect(text).toContain(input.character.name);
    expect(countWords(text)).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/["“”«»?]/);
  });
});

describe('examples of write-conversation', () => {
  const conversationOf = (example: Example) => {
    const [text = '', secondCharacter = ''] = tagged(example, 'scenario').split('\n\nSecond character: ');
    const pairs = quotedPairs(tagged(example, 'pairs'));
    const input = { pairs, character: ofCard(example), scenario: { text, secondCharacter }, plan: '' };
    return { input, ...valueOf(writeConversation.parse(example.reply, input, NO_CONTEXT)) };
  };

  it.each(examples(writeConversation))('number %# is read as it is meant', (example) => {
    const { input, answerer, turns } = conversationOf(example);
    expect(answerer).toBe(input.character.name);
    expect(example.given).toContain(`</pairs>\n${answerer} answers, ${input.scenario.secondCharacter} asks.`);
    const answers = turns.filter(({ speaker }) => speaker === answerer).slice(-input.pairs.length);
    answers.forEach((turn, index) => expect(turn.text).toContain(input.pairs[index]?.answer));
  });

  it('show an opening turn and a start without one, and an answer of two paragraphs', () => {
    const conversations = examples(writeConversation).map(conversationOf);
    const opened = conversations.map(({ answerer, turns }) => turns[0]?.speaker === answerer);
    expect(opened).toEqual([true, false]);
    expect(conversations.some(({ input }) => input.pairs.some(({ answer }) => answer.includes('\n\n')))).toBe(true);
  });
});

describe('a general audience', () => {
  it.each(ROLE_PLAY)('is what %s writes for', (name) => {
    const said = promptOf(name).messages.map(({ content }) => content);
    const aboutLanguage = /\bEnglish\b/g;
    expect(unfitWords(said.join('\n').replace(aboutLanguage, ''))).toEqual([]);
  });

  it('would not miss these', () => {
    expect(unfitWords('A drunken Russian priest, hello!')).toEqual(['drunken', 'russian', 'priest']);
  });
});

describe('the traits of the project', () => {
  const axes = parseTraits(traitsFile, 'traits.yaml').value ?? {};

  it.each([
    ['Initial letter of the name', 20],
    ['Occupation', 40],
    ['Manner of speech', 20],
  ])('%s has at least %i values', (axis, fewest) => {
    expect(axes[axis]?.length).toBeGreaterThanOrEqual(fewest);
  });

  it.each(Object.entries(axes))('%s: no value twice, each fit for a general audience and short', (axis, values) => {
    expect(new Set(values).size).toBe(values.length);
    expect(unfitWords([axis, ...values].join('\n'))).toEqual([]);
    expect(values.filter((value) => countWords(value) > 7 || /[.:\n]/.test(value))).toEqual([]);
  });

  it('say how people bring their own', () => {
    expect(traitsFile.slice(0, traitsFile.indexOf('description:'))).toContain('PATH.PROMPTS');
  });
});

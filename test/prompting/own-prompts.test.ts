import { encode } from 'gpt-tokenizer/encoding/cl100k_base';
import { renderPrompt } from '../../src/prompting/render-prompt.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { planCharacter } from '../../src/steps/plan-character.js';
import { planScenario } from '../../src/steps/plan-scenario.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import { ASSISTANT_SPEAKERS, writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { writeCharacter } from '../../src/steps/write-character.js';
import { writeConversation } from '../../src/steps/write-conversation.js';
import { writeScenario } from '../../src/steps/write-scenario.js';
import { instructionsOf } from './prompt-examples.js';
import { names, promptOf } from './own-prompts.js';
import { stepContext } from '../support/step-context.js';

const tokens = (text: string): number => encode(text).length;

describe('length', () => {
  it.each([
    ['judge-paragraph', 500],
    ['generate-questions', 1000],
    ['check-question', 600],
    ['check-answer-relevancy', 600],
    ['check-answer-accuracy', 700],
    ['regenerate-question', 800],
    ['revise-context', 750],
    ['plan-character', 600],
    ['write-character', 700],
    ['plan-scenario', 500],
    ['write-scenario', 450],
    ['write-conversation', 900],
    ['write-assistant-conversation', 900],
  ])('the fixed part of %s has at most %i tokens', (name, most) => {
    expect(tokens(promptOf(name).messages[0]?.content ?? '')).toBeLessThanOrEqual(most);
  });
});

describe('input tokens for a chunk of 400 tokens, four questions, three votes and three orders', () => {
  const words = (count: number): string => 'word '.repeat(count - 1).concat('end.');
  const text = words(400);
  const pair = { question: 'q '.repeat(20).trim(), answer: 'a '.repeat(40).trim() };
  const pairs = [pair, pair, pair, pair];
  const traits = 'Occupation: astronomer at a small observatory\n'.repeat(5);
  const context = stepContext({
    text,
    sourceLine: 'From: A Manual of Rural Crafts and Trades, by A. N. Author, published 1911',
    traitsFor: () => traits,
  });
  /** What chat formats put around each message. */
  const wrapping = 8;
  const size = (name: string, values: Record<string, string>): number =>
    renderPrompt(promptOf(name), values).reduce((sum, { content }) => sum + tokens(content) + wrapping, 0);

  function upToThePairs(): number {
    return (
      size('judge-paragraph', judgeParagraph.render({}, context)) +
      size('generate-questions', generateQuestions.render({}, context)) +
      8 * size('check-question', checkQuestion.render(pair, context)) +
      8 * size('check-answer-relevancy', checkAnswerRelevancy.render(pair, context)) +
      8 * size('check-answer-accuracy', checkAnswerAccuracy.render(pair, context)) +
      4 * size('revise-context', reviseContext.render(pair, context))
    );
  }

  /** One conversation; plans of eight lines, a card of 200 words and a scenario of 80, at four tokens for three words. */
  function rolePlay(): number {
    const plan = words(250);
    const character = { name: 'Ada Brook', card: words(270) };
    const scenario = { text: words(110), secondCharacter: 'Ben Crane' };
    return (
      size('plan-character', planCharacter.render({ pairs, conversation: 1 }, context)) +
      size('write-character', writeCharacter.render({ plan, traits }, context)) +
      size('plan-scenario', planScenario.render({ pairs, character }, context)) +
      size('write-scenario', writeScenario.render({ pairs, character, plan }, context)) +
      size('write-conversation', writeConversation.render({ pairs, character, scenario, plan }, context))
    );
  }

  it('are at most 40,000 with an assistant', () => {
    const conversation = size('write-assistant-conversation', writeAssistantConversation.render({ pairs }, context));
    expect(tokens(text)).toBeGreaterThanOrEqual(400);
    expect(upToThePairs() + 3 * conversation).toBeLessThanOrEqual(40_000);
  });

  it('are at most 54,000 with invented characters', () => {
    expect(upToThePairs() + 3 * rolePlay()).toBeLessThanOrEqual(54_000);
  });
});

describe('order', () => {
  const FIRST_TAGS: Record<string, string> = {
    'revise-context': 'question',
    'write-assistant-conversation': 'pairs',
    'plan-scenario': 'character',
    'write-scenario': 'character',
    'write-conversation': 'character',
  };

  it.each(names)('%s: one fixed system message, then one user message with the material first', (name) => {
    const { messages } = promptOf(name);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages[0]?.content).not.toMatch(/\{[a-z_]+\}/);
    const first = FIRST_TAGS[name] ?? 'text';
    expect(messages[1]?.content.startsWith(`<${first}>\n{${first}}\n</${first}>\n`)).toBe(true);
  });

  it('two questions of a chunk share everything up to the end of the text', () => {
    const render = (question: string) =>
      renderPrompt(promptOf('check-question'), { text: 'A well is deep.', question })
        .map(({ content }) => content)
        .join('');
    const one = render('How deep?');
    const other = render('What is deep?');
    const shared = one.split('').findIndex((character, index) => character !== other[index]);
    expect(one.slice(0, shared)).toContain('</text>\n\n<question>\n');
  });

  it.each(names)('%s: plain line ends, composed letters', (name) => {
    const all = promptOf(name)
      .messages.map(({ content }) => content)
      .join('\n');
    expect(all).not.toContain('\r');
    expect(all.normalize('NFC')).toBe(all);
  });
});

describe('layout of the user message', () => {
  const context = stepContext({ text: 'TEXT', sourceLine: 'From: X' });
  const pair = { question: 'Q?', answer: 'A.' };
  const user = (name: string, values: Record<string, string>) =>
    renderPrompt(promptOf(name), values)[1]?.content.split('\n').slice(0, -1).join('\n');
  const TEXT = '<text>\nTEXT\n</text>\n';
  const PAIRS = '<pairs>\nQuestion: """Q?"""\nAnswer: """A."""\n</pairs>\n';
  const CHARACTER = '<character>\nCARD\n</character>\n';
  const character = { name: 'Ada', card: 'CARD' };
  const scenario = { text: 'SCENE', secondCharacter: 'Ben' };

  it.each([
    [judgeParagraph.name, judgeParagraph.render({}, context), `${TEXT}From: X\n`],
    [generateQuestions.name, generateQuestions.render({}, context), `${TEXT}From: X\n`],
    [checkQuestion.name, checkQuestion.render(pair, context), `${TEXT}\n<question>\nQ?\n</question>\n`],
    [
      checkAnswerAccuracy.name,
      checkAnswerAccuracy.render(pair, context),
      `${TEXT}\n<question>\nQ?\n</question>\n<answer>\nA.\n</answer>\n`,
    ],
    [
      checkAnswerRelevancy.name,
      checkAnswerRelevancy.render(pair, context),
      `${TEXT}\n<question>\nQ?\n</question>\n<answer>\nA.\n</answer>\n`,
    ],
    [
      regenerateQuestion.name,
      regenerateQuestion.render({ siblings: ['S?'], rejected: [{ pair, reasons: ['No.'] }] }, context),
      `${TEXT}From: X\n\n<taken>\n- S?\n</taken>\n<rejected>\nQuestion: """Q?"""\nAnswer: """A."""\nRejected because: No.\n</rejected>\n`,
    ],
    [
      reviseContext.name,
      reviseContext.render(pair, context),
      '<question>\nQ?\n</question>\n<answer>\nA.\n</answer>\nFrom: X\n',
    ],
    [writeAssistantConversation.name, writeAssistantConversation.render({ pairs: [pair] }, context), PAIRS],
    [
      planCharacter.name,
      planCharacter.render({ pairs: [pair], conversation: 2 }, context),
      `${TEXT}From: X\n\n${PAIRS}<traits>\nManner: of conversation 2\n</traits>\n`,
    ],
    [
      writeCharacter.name,
      writeCharacter.render({ plan: 'PLAN', traits: 'TRAITS' }, context),
      `${TEXT}From: X\n\n<traits>\nTRAITS\n</traits>\n<plan>\nPLAN\n</plan>\n`,
    ],
    [planScenario.name, planScenario.render({ pairs: [pair], character }, context), `${CHARACTER}\n${PAIRS}`],
    [
      writeScenario.name,
      writeScenario.render({ pairs: [pair], character, plan: 'PLAN' }, context),
      `${CHARACTER}\n<plan>\nPLAN\n</plan>\n`,
    ],
    [
      writeConversation.name,
      writeConversation.render({ pairs: [pair], character, scenario, plan: 'PLAN' }, context),
      `${CHARACTER}\n<scenario>\nSCENE\n\nSecond character: Ben\n</scenario>\n\n${PAIRS}Ada answers, Ben asks.\n`,
    ],
  ])('%s', (name, values, expected) => {
    expect(user(name, values)).toBe(expected);
  });
});

describe('verdict words', () => {
  it.each([
    ['judge-paragraph', ['suitable', 'unsuitable']],
    ['check-question', ['relevant', 'irrelevant']],
    ['check-answer-relevancy', ['relevant', 'irrelevant']],
    ['check-answer-accuracy', ['accurate', 'inaccurate']],
    ['revise-context', ['pass', 'reword', 'fail']],
  ])('%s names each once outside the examples', (name, words) => {
    const prompt = promptOf(name);
    const instructions = instructionsOf(prompt) + (prompt.messages[1]?.content ?? '');
    for (const word of words) {
      expect(instructions.match(new RegExp(`\\b${word}\\b`, 'gi'))).toEqual([word.toUpperCase()]);
      expect(instructions).toContain(`\`Verdict: ${word.toUpperCase()}\``);
    }
  });
});

it('asks for the labels that the conversation is read by', () => {
  const instructions = instructionsOf(promptOf('write-assistant-conversation'));
  expect(instructions).toContain(`\`${ASSISTANT_SPEAKERS.asker}:\``);
  expect(instructions).toContain(`\`${ASSISTANT_SPEAKERS.answerer}:\``);
});

it('sets no stop strings, since any could stand in a good answer', () => {
  expect(names.filter((name) => promptOf(name).sampling?.stop !== undefined)).toEqual([]);
});

it.each(['{question}', '$& $1', '</text>', 'Verdict: ACCURATE'])('hands on %s inside the text as it is', (value) => {
  const [system, user] = renderPrompt(promptOf('check-answer-accuracy'), { text: value, question: 'Q?', answer: 'A.' });
  expect(system).toEqual(promptOf('check-answer-accuracy').messages[0]);
  expect(user?.content).toContain(`<text>\n${value}\n</text>\n\n<question>\nQ?\n`);
});

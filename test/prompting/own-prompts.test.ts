import { encode } from 'gpt-tokenizer/encoding/cl100k_base';
import { renderPrompt } from '../../src/prompting/render-prompt.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import { ASSISTANT_SPEAKERS, writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
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
    ['write-assistant-conversation', 900],
  ])('the fixed part of %s has at most %i tokens', (name, most) => {
    expect(tokens(promptOf(name).messages[0]?.content ?? '')).toBeLessThanOrEqual(most);
  });

  it('takes at most 40,000 input tokens for a chunk of 400 tokens, four questions, three votes and three orders', () => {
    const text = 'word '.repeat(399).concat('end.');
    const pair = { question: 'q '.repeat(20).trim(), answer: 'a '.repeat(40).trim() };
    const context = stepContext({
      text,
      sourceLine: 'From: A Manual of Rural Crafts and Trades, by A. N. Author, published 1911',
    });
    const pairs = [pair, pair, pair, pair];
    /** What chat formats put around each message. */
    const wrapping = 8;
    const size = (name: string, values: Record<string, string>): number =>
      renderPrompt(promptOf(name), values).reduce((sum, { content }) => sum + tokens(content) + wrapping, 0);
    expect(tokens(text)).toBeGreaterThanOrEqual(400);
    const total =
      size('judge-paragraph', judgeParagraph.render({}, context)) +
      size('generate-questions', generateQuestions.render({}, context)) +
      8 * size('check-question', checkQuestion.render(pair, context)) +
      8 * size('check-answer-relevancy', checkAnswerRelevancy.render(pair, context)) +
      8 * size('check-answer-accuracy', checkAnswerAccuracy.render(pair, context)) +
      4 * size('revise-context', reviseContext.render(pair, context)) +
      3 * size('write-assistant-conversation', writeAssistantConversation.render({ pairs }, context));
    expect(total).toBeLessThanOrEqual(40_000);
  });
});

describe('order', () => {
  it.each(names)('%s: one fixed system message, then one user message with the material first', (name) => {
    const { messages } = promptOf(name);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages[0]?.content).not.toMatch(/\{[a-z_]+\}/);
    const first = name === 'revise-context' ? 'question' : name === 'write-assistant-conversation' ? 'pairs' : 'text';
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
    [
      writeAssistantConversation.name,
      writeAssistantConversation.render({ pairs: [pair] }, context),
      '<pairs>\nQuestion: """Q?"""\nAnswer: """A."""\n</pairs>\n',
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

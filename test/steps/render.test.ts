import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { findStep, STEPS } from '../../src/steps/index.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import { writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { stepContext } from '../support/step-context.js';

const CONTEXT = stepContext({ text: 'The well is deep.', sourceLine: 'From: Wells, by A. Digger' });
const FIRST = { question: 'How deep is it?', answer: 'Thirty metres.' };
const SECOND = { question: 'Who dug it?', answer: 'Miners.\n\nThey had help.' };

it('gives the judge the text and the source line', () => {
  expect(judgeParagraph.render({}, CONTEXT)).toEqual({ text: CONTEXT.text, source_line: CONTEXT.sourceLine });
});

it('gives a check the text and the pair', () => {
  expect(checkAnswerAccuracy.render(FIRST, CONTEXT)).toEqual({ text: CONTEXT.text, ...FIRST });
});

it('keeps the text from the revision', () => {
  expect(reviseContext.render(FIRST, CONTEXT)).toEqual({ ...FIRST, source_line: CONTEXT.sourceLine });
});

it('writes pairs between triple quotes, with a blank line between them', () => {
  expect(writeAssistantConversation.render({ pairs: [FIRST, SECOND] }, CONTEXT)).toEqual({
    pairs:
      'Question: """How deep is it?"""\nAnswer: """Thirty metres."""\n\n' +
      'Question: """Who dug it?"""\nAnswer: """Miners.\n\nThey had help."""',
  });
});

it('shows rejected versions with every reason on a line, and taken questions as a list', () => {
  const rejected = [{ pair: FIRST, reasons: ['- No depth.\n- None at all.', 'Missing.'] }];
  expect(regenerateQuestion.render({ siblings: ['Who dug it?', 'What\nlines it?'], rejected }, CONTEXT)).toEqual({
    text: CONTEXT.text,
    source_line: CONTEXT.sourceLine,
    siblings: '- Who dug it?\n- What lines it?',
    rejected:
      'Question: """How deep is it?"""\nAnswer: """Thirty metres."""\n' +
      'Rejected because: - No depth. - None at all.\nRejected because: Missing.',
  });
});

it.each([
  [judgeParagraph, judgeParagraph.render({}, CONTEXT)],
  [generateQuestions, generateQuestions.render({}, CONTEXT)],
  [checkQuestion, checkQuestion.render(FIRST, CONTEXT)],
  [checkAnswerRelevancy, checkAnswerRelevancy.render(FIRST, CONTEXT)],
  [checkAnswerAccuracy, checkAnswerAccuracy.render(FIRST, CONTEXT)],
  [regenerateQuestion, regenerateQuestion.render({ siblings: [], rejected: [] }, CONTEXT)],
  [reviseContext, reviseContext.render(FIRST, CONTEXT)],
  [writeAssistantConversation, writeAssistantConversation.render({ pairs: [] }, CONTEXT)],
])('gives just the variables that the step declares: $name', ({ name, variables }, values) => {
  expect(Object.keys(values).sort()).toEqual(Object.keys(variables).sort());
  expect(findStep(name).variables).toBe(variables);
});

it('lists every step once', () => {
  expect(new Set(STEPS.map(({ name }) => name)).size).toBe(8);
});

it('knows no step of another name', () => {
  expect(() => findStep('check-spelling')).toThrow('There is no step called check-spelling.');
});

import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { findStep, STEPS, stepsOf } from '../../src/steps/index.js';
import type { Scenario } from '../../src/records.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { planCharacter } from '../../src/steps/plan-character.js';
import { planScenario } from '../../src/steps/plan-scenario.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import { writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { writeCharacter } from '../../src/steps/write-character.js';
import { writeConversation } from '../../src/steps/write-conversation.js';
import { writeScenario } from '../../src/steps/write-scenario.js';
import { stepContext } from '../support/step-context.js';

const CONTEXT = stepContext({ text: 'The well is deep.', sourceLine: 'From: Wells, by A. Digger' });
const SOURCE = { source_line: CONTEXT.sourceLine, textname: CONTEXT.textname };
const FIRST = { question: 'How deep is it?', answer: 'Thirty metres.' };
const CHARACTER = { name: 'Mara Lind', card: 'Name: Mara Lind\nBackstory: she digs.' };
const SCENARIO = { text: 'At the well, at noon.', secondCharacter: 'Tom Reyes' };
const SECOND = { question: 'Who dug it?', answer: 'Miners.\n\nThey had help.' };

it('gives the judge the text and the source line', () => {
  expect(judgeParagraph.render({}, CONTEXT)).toEqual({ text: CONTEXT.text, ...SOURCE });
});

it('gives a check the text and the pair', () => {
  expect(checkAnswerAccuracy.render(FIRST, CONTEXT)).toEqual({ text: CONTEXT.text, ...FIRST });
});

it('keeps the text from the revision', () => {
  expect(reviseContext.render(FIRST, CONTEXT)).toEqual({ ...FIRST, ...SOURCE });
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
    ...SOURCE,
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
  [planCharacter, planCharacter.render({ pairs: [], conversation: 1 }, CONTEXT)],
  [writeCharacter, writeCharacter.render({ plan: 'A digger.', traits: '' }, CONTEXT)],
  [planScenario, planScenario.render({ pairs: [], character: CHARACTER }, CONTEXT)],
  [writeScenario, writeScenario.render({ pairs: [], character: CHARACTER, plan: '' }, CONTEXT)],
  [
    writeConversation,
    writeConversation.render({ pairs: [], character: CHARACTER, scenario: SCENARIO, plan: '' }, CONTEXT),
  ],
  [writeAssistantConversation, writeAssistantConversation.render({ pairs: [] }, CONTEXT)],
])('gives just the variables that the step declares: $name', ({ name, variables }, values) => {
  expect(Object.keys(values).sort()).toEqual(Object.keys(variables).sort());
  expect(findStep(name).variables).toBe(variables);
});

it('gives the plan of a character the traits of its conversation', () => {
  expect(planCharacter.render({ pairs: [FIRST], conversation: 2 }, CONTEXT)).toMatchObject({
    traits: CONTEXT.traitsFor(2),
    pairs: expect.stringContaining(FIRST.question),
  });
});

it('tells who speaks in a role-play, as far as it is known', () => {
  const render = (scenario: Scenario) =>
    writeConversation.render({ pairs: [FIRST], character: CHARACTER, scenario, plan: 'At the well.' }, CONTEXT);
  expect(render(SCENARIO)).toMatchObject({
    character: CHARACTER.card,
    scenario: 'At the well, at noon.\n\nSecond character: Tom Reyes',
    answerer: 'Mara Lind',
    asker: 'Tom Reyes',
  });
  expect(render({ text: 'At the well.' })).toMatchObject({
    scenario: 'At the well.',
    asker: 'the other person in the scene',
  });
});

it('lists every step once, and knows those of each mode', () => {
  const names = STEPS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const [assistant, rolePlay] = [true, false].map((assistantMode) =>
    stepsOf({ assistantMode }).map(({ name }) => name),
  );
  expect(assistant).toHaveLength(8);
  expect(rolePlay).toHaveLength(12);
  expect(new Set([...(assistant ?? []), ...(rolePlay ?? [])])).toEqual(new Set(names));
});

it('knows no step of another name', () => {
  expect(() => findStep('check-spelling')).toThrow('There is no step called check-spelling.');
});

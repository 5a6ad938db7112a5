import { loadPrompts } from '../../src/prompting/load-prompts.js';
import { renderPrompt } from '../../src/prompting/render-prompt.js';
import { readFields } from '../../src/rehearsal/read-request.js';
import type { RequestFields } from '../../src/rehearsal/read-request.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { planCharacter } from '../../src/steps/plan-character.js';
import { planScenario } from '../../src/steps/plan-scenario.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import { STEPS } from '../../src/steps/index.js';
import { writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { writeCharacter } from '../../src/steps/write-character.js';
import { writeConversation } from '../../src/steps/write-conversation.js';
import { writeScenario } from '../../src/steps/write-scenario.js';
import { stepContext } from '../support/step-context.js';

const CONTEXT = stepContext({
  text: 'The pond is deep.\n\nNobody swims in it.',
  sourceLine: 'From: Mill and Hive, by Ada Brook',
});
const PAIR = { question: 'How deep is the pond?', answer: 'Three metres.\n\nSome say four.' };
const OTHER = { question: 'Who swims in it?', answer: 'Nobody.' };
const TAKEN = { siblings: ['Who dug it?', 'When?'], rejected: [{ pair: PAIR, reasons: ['Too much.'] }] };
const CHARACTER = {
  name: 'Ida Moor',
  card: 'Name: Ida Moor\nTraits: hums, counts\n\nDialogue Examples:\nStranger: "So?"',
};
const SCENARIO = { text: 'Ida Moor mends a net.\n\nBen Low comes in.', secondCharacter: 'Ben Low' };
const PLAN = '- Name: Ida Moor\n- Speech: hums.';
const { text } = CONTEXT;
const { card: character } = CHARACTER;

describe('the prompts of the project, rendered and read back', () => {
  it.each<[string, Record<string, string>, Partial<RequestFields>]>([
    ['judge-paragraph', judgeParagraph.render({}, CONTEXT), { text }],
    ['generate-questions', generateQuestions.render({}, CONTEXT), { text }],
    ['check-question', checkQuestion.render(PAIR, CONTEXT), { text, question: PAIR.question }],
    ['check-answer-relevancy', checkAnswerRelevancy.render(PAIR, CONTEXT), { text, ...PAIR }],
    ['check-answer-accuracy', checkAnswerAccuracy.render(PAIR, CONTEXT), { text, ...PAIR }],
    [
      'regenerate-question',
      regenerateQuestion.render(TAKEN, CONTEXT),
      { text, taken: TAKEN.siblings, rejected: [PAIR] },
    ],
    ['revise-context', reviseContext.render(PAIR, CONTEXT), PAIR],
    [
      'write-assistant-conversation',
      writeAssistantConversation.render({ pairs: [OTHER, PAIR] }, CONTEXT),
      { pairs: [OTHER, PAIR] },
    ],
    [
      'plan-character',
      planCharacter.render({ pairs: [OTHER, PAIR], conversation: 2 }, CONTEXT),
      { text, pairs: [OTHER, PAIR], traits: 'Manner: of conversation 2' },
    ],
    [
      'write-character',
      writeCharacter.render({ plan: PLAN, traits: 'Occupation: diver\nHabit: hums' }, CONTEXT),
      { text, traits: 'Occupation: diver\nHabit: hums', plan: PLAN },
    ],
    [
      'plan-scenario',
      planScenario.render({ pairs: [PAIR, OTHER], character: CHARACTER }, CONTEXT),
      { character, pairs: [PAIR, OTHER] },
    ],
    [
      'write-scenario',
      writeScenario.render({ pairs: [PAIR], character: CHARACTER, plan: PLAN }, CONTEXT),
      { character, plan: PLAN },
    ],
    [
      'write-conversation',
      writeConversation.render({ pairs: [OTHER, PAIR], character: CHARACTER, scenario: SCENARIO, plan: PLAN }, CONTEXT),
      { character, scenario: `${SCENARIO.text}\n\nSecond character: Ben Low`, pairs: [OTHER, PAIR] },
    ],
  ])('%s', async (step, values, fields) => {
    const prompts = await loadPrompts(
      ['prompts'],
      STEPS.filter(({ name }) => name === step),
    );
    const prompt = prompts[step];
    if (prompt === undefined) throw new Error(`There is no prompt for ${step}.`);
    const messages = renderPrompt(prompt, values);
    expect(readFields('chat', messages)).toMatchObject(fields);
    const joined = messages.map(({ content }) => content).join('\n\n');
    expect(readFields('text', [{ role: 'user', content: joined }])).toMatchObject(fields);
  });
});

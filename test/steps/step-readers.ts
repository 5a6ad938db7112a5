import type { Parsed } from '../../src/steps/step.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import { writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { stepContext } from '../support/step-context.js';

const CONTEXT = stepContext({ text: 'The bridge stands on seven arches.' });
const CHECKED = { question: 'How many arches has the bridge?', answer: 'It has seven.' };
const REGENERATED = {
  siblings: ['Who dug the Aller well?'],
  rejected: [{ pair: { question: 'How deep is the Aller well?', answer: 'It is 50 metres deep.' }, reasons: ['No.'] }],
};
const REVISED = { question: 'What does he plant first?', answer: 'The gardener Odile Marsh plants leeks first.' };

/** The pairs that the conversations of the fixtures are about. */
export const CONVERSATION_PAIRS = [
  { question: 'How tall is the Weir tower?', answer: 'The Weir tower is 61 metres tall.' },
  {
    question: 'What did Ada Flint paint on the clock of the Weir tower?',
    answer: 'Ada Flint painted a red heron on the clock of the Weir tower.',
  },
];

/** Each step's parser with the input that its fixtures are written for. */
export const STEP_READERS = {
  'judge-paragraph': (reply: string) => judgeParagraph.parse(reply, {}, CONTEXT),
  'generate-questions': (reply: string) => generateQuestions.parse(reply, {}, CONTEXT),
  'check-question': (reply: string) => checkQuestion.parse(reply, CHECKED, CONTEXT),
  'check-answer-relevancy': (reply: string) => checkAnswerRelevancy.parse(reply, CHECKED, CONTEXT),
  'check-answer-accuracy': (reply: string) => checkAnswerAccuracy.parse(reply, CHECKED, CONTEXT),
  'regenerate-question': (reply: string) => regenerateQuestion.parse(reply, REGENERATED, CONTEXT),
  'revise-context': (reply: string) => reviseContext.parse(reply, REVISED, CONTEXT),
  'write-assistant-conversation': (reply: string) =>
    writeAssistantConversation.parse(reply, { pairs: CONVERSATION_PAIRS }, CONTEXT),
} satisfies Record<string, (reply: string) => Parsed<unknown>>;

import { checkAnswerAccuracy } from './check-answer-accuracy.js';
import { checkAnswerRelevancy } from './check-answer-relevancy.js';
import { checkQuestion } from './check-question.js';
import { generateQuestions } from './generate-questions.js';
import { judgeParagraph } from './judge-paragraph.js';
import { regenerateQuestion } from './regenerate-question.js';
import { reviseContext } from './revise-context.js';
import type { Step } from './step.js';
import { writeAssistantConversation } from './write-assistant-conversation.js';

/** All model steps, in the order of the pipeline. */
export const STEPS: readonly Step<never, unknown>[] = [
  judgeParagraph,
  generateQuestions,
  checkQuestion,
  checkAnswerRelevancy,
  checkAnswerAccuracy,
  regenerateQuestion,
  reviseContext,
  writeAssistantConversation,
];

/** The step of this name; an unknown one is a mistake in the program. */
export function findStep(name: string): Step<never, unknown> {
  const step = STEPS.find((each) => each.name === name);
  if (step === undefined) throw new Error(`There is no step called ${name}.`);
  return step;
}

import { checkAnswerAccuracy } from './check-answer-accuracy.js';
import { checkAnswerRelevancy } from './check-answer-relevancy.js';
import { checkQuestion } from './check-question.js';
import { generateQuestions } from './generate-questions.js';
import { judgeParagraph } from './judge-paragraph.js';
import { regenerateQuestion } from './regenerate-question.js';
import { reviseContext } from './revise-context.js';
import { planCharacter } from './plan-character.js';
import { planScenario } from './plan-scenario.js';
import type { Step } from './step.js';
import { writeAssistantConversation } from './write-assistant-conversation.js';
import { writeCharacter } from './write-character.js';
import { writeConversation } from './write-conversation.js';
import { writeScenario } from './write-scenario.js';

/** From a chunk's text to its revised pairs, in the order of the pipeline. */
const PAIR_STEPS: readonly Step<never, unknown>[] = [
  judgeParagraph,
  generateQuestions,
  checkQuestion,
  checkAnswerRelevancy,
  checkAnswerAccuracy,
  regenerateQuestion,
  reviseContext,
];

const ROLE_PLAY_STEPS: readonly Step<never, unknown>[] = [
  planCharacter,
  writeCharacter,
  planScenario,
  writeScenario,
  writeConversation,
];

/** All model steps; none run uses all of them. */
export const STEPS: readonly Step<never, unknown>[] = [...PAIR_STEPS, ...ROLE_PLAY_STEPS, writeAssistantConversation];

/** The steps of a run, in the order of the pipeline. */
export function stepsOf({ assistantMode }: { assistantMode: boolean }): readonly Step<never, unknown>[] {
  return [...PAIR_STEPS, ...(assistantMode ? [writeAssistantConversation] : ROLE_PLAY_STEPS)];
}

/** The step of this name; an unknown one is a mistake in the program. */
export function findStep(name: string): Step<never, unknown> {
  const step = STEPS.find((each) => each.name === name);
  if (step === undefined) throw new Error(`There is no step called ${name}.`);
  return step;
}

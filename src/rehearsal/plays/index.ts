import { writeAssistantConversation, writeConversation } from './conversation.js';
import { generateQuestions, regenerateQuestion } from './questions.js';
import { reviseContext } from './revise-context.js';
import { planCharacter, planScenario, writeCharacter, writeScenario } from './role-play.js';
import type { Play } from './scene.js';
import { checkAnswerAccuracy, checkAnswerRelevancy, checkQuestion, judgeParagraph } from './verdicts.js';

/** How each step of the pipeline is played, by the name in its `X-Augmentoolkit-Step` header. */
export const PLAYS = {
  'judge-paragraph': judgeParagraph,
  'generate-questions': generateQuestions,
  'check-question': checkQuestion,
  'check-answer-relevancy': checkAnswerRelevancy,
  'check-answer-accuracy': checkAnswerAccuracy,
  'regenerate-question': regenerateQuestion,
  'revise-context': reviseContext,
  'plan-character': planCharacter,
  'write-character': writeCharacter,
  'plan-scenario': planScenario,
  'write-scenario': writeScenario,
  'write-conversation': writeConversation,
  'write-assistant-conversation': writeAssistantConversation,
} satisfies Record<string, Play>;

export type StepName = keyof typeof PLAYS;

export function isStepName(name: string): name is StepName {
  return Object.hasOwn(PLAYS, name);
}

import type { ModelConduct } from '../planning/expected-calls.js';

/** What is taken for granted of a model and a text while nothing has been measured: a well-behaved model, and an average one. */
export const CONDUCT: Readonly<Record<'low' | 'likely' | 'high', ModelConduct & { worthy: number; seconds: number }>> =
  {
    low: { worthy: 0.7, questions: 4, yes: 0.98, kept: 1, unusable: 0, faulty: 0, seconds: 2 },
    likely: { worthy: 0.88, questions: 4, yes: 0.9, kept: 0.95, unusable: 0.02, faulty: 0.1, seconds: 5 },
    high: { worthy: 1, questions: 5, yes: 0.8, kept: 1, unusable: 0.05, faulty: 0.3, seconds: 15 },
  };

/** cl100k tokens of what the pipeline puts into prompts beside the chunk's text, as our prompts' answers have them. */
export const VARIABLE_TOKENS: Readonly<Record<string, number>> = {
  question: 20,
  answer: 60,
  pairs: 340,
  siblings: 60,
  rejected: 180,
  character: 250,
  scenario: 120,
  plan: 250,
  traits: 40,
  source_line: 15,
  textname: 15,
  answerer: 4,
  asker: 4,
};

/** cl100k tokens of an answer: a reason of a few sentences, and then the form asked for. */
export const ANSWER_TOKENS: Readonly<Record<string, number>> = {
  'judge-paragraph': 80,
  'generate-questions': 420,
  'check-question': 90,
  'check-answer-relevancy': 100,
  'check-answer-accuracy': 130,
  'regenerate-question': 160,
  'revise-context': 90,
  'plan-character': 250,
  'write-character': 280,
  'plan-scenario': 200,
  'write-scenario': 120,
  'write-conversation': 480,
  'write-assistant-conversation': 450,
};

/** A chat template wraps each message in a few marks. */
export const TOKENS_OF_A_MESSAGE = 4;

/** What is assumed of the share of suitable chunks counts as if it had been seen in so many. */
export const PRIOR_CHUNKS = 4;

/** The share of suitable chunks after so many of those measured were, drawn towards what is assumed. */
export function shareOfWorthy(worthy: number, measured: number, assumed: number = CONDUCT.likely.worthy): number {
  return (worthy + assumed * PRIOR_CHUNKS) / (measured + PRIOR_CHUNKS);
}

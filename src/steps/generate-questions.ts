import type { Pair } from '../records.js';
import { readPairs } from './reading/pairs.js';
import { SOURCE_VARIABLES, sourceValues, usable, type Step } from './step.js';

/** Everything the step needs is the chunk itself. */
type GenerateQuestionsInput = Record<string, never>;

/** The prompt asks for four; a model that lists more is not followed further than this. */
const MOST_PAIRS = 10;

const FORM =
  'Write the facts, then the line "Pairs:", then each pair as "1. Question: ..." with "Answer: ..." on the next line.';

/** Writes the first versions of a chunk's questions and answers: 1 to 10 pairs. */
export const generateQuestions: Step<GenerateQuestionsInput, Pair[]> = {
  name: 'generate-questions',
  role: 'logical',
  sampling: { temperature: 0.8, top_p: 1, max_tokens: 2000 },
  calls: 4,
  variables: { text: 'required', ...SOURCE_VARIABLES },
  render: (_input, context) => ({ text: context.text, ...sourceValues(context) }),
  parse: (reply) => {
    const pairs = readPairs(reply, FORM);
    return pairs.ok ? usable(pairs.value.slice(0, MOST_PAIRS)) : pairs;
  },
};

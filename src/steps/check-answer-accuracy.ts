import type { Pair } from '../records.js';
import { readVerdict } from './reading/verdict.js';
import type { CheckStep } from './step.js';

/** Is every claim of the answer supported by the chunk's text? */
export const checkAnswerAccuracy: CheckStep<Pair, 'accurate' | 'inaccurate'> = {
  name: 'check-answer-accuracy',
  role: 'logical',
  sampling: { temperature: 0.2, top_p: 1, max_tokens: 1500 },
  calls: 2,
  yes: 'accurate',
  variables: { text: 'required', question: 'required', answer: 'required' },
  render: ({ question, answer }, { text }) => ({ text, question, answer }),
  parse: (reply) => readVerdict(reply, { yes: 'accurate', no: 'inaccurate' }),
};

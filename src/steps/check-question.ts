import type { Pair } from '../records.js';
import { readVerdict } from './reading/verdict.js';
import type { CheckStep } from './step.js';

/** Can the chunk's text alone answer the question, all of it? */
export const checkQuestion: CheckStep<Pick<Pair, 'question'>, 'relevant' | 'irrelevant'> = {
  name: 'check-question',
  role: 'logical',
  sampling: { temperature: 0.2, top_p: 1, max_tokens: 1000 },
  calls: 2,
  yes: 'relevant',
  variables: { text: 'required', question: 'required' },
  render: ({ question }, { text }) => ({ text, question }),
  parse: (reply) => readVerdict(reply, { yes: 'relevant', no: 'irrelevant' }),
};

import type { Pair } from '../records.js';
import { readVerdict } from './reading/verdict.js';
import type { CheckStep } from './step.js';

/** A wording of the reference's prompt that says no; "does not introduce ..." has another verb form. */
const FOREIGN_INFORMATION =
  /\bintroduc(?:es|ed|ing) information (?:that is )?not (?:present|found|contained) in the text\b/i;

/** Does the answer answer this question, all of it and nothing else? */
export const checkAnswerRelevancy: CheckStep<Pair, 'relevant' | 'irrelevant'> = {
  name: 'check-answer-relevancy',
  role: 'logical',
  sampling: { temperature: 0.2, top_p: 1, max_tokens: 1500 },
  calls: 2,
  yes: 'relevant',
  variables: { text: 'required', question: 'required', answer: 'required' },
  render: ({ question, answer }, { text }) => ({ text, question, answer }),
  parse: (reply) => readVerdict(reply, { yes: 'relevant', no: 'irrelevant', alsoNo: FOREIGN_INFORMATION }),
};

import type { Verdict } from '../records.js';
import { readVerdict } from './reading/verdict.js';
import { SOURCE_VARIABLES, sourceValues, type Step } from './step.js';

/** Everything the step needs is the chunk itself. */
type JudgeParagraphInput = Record<string, never>;
type JudgeParagraphResult = Verdict<'suitable' | 'unsuitable'>;

/** Is there anything in the chunk that questions could be asked about? */
export const judgeParagraph: Step<JudgeParagraphInput, JudgeParagraphResult> = {
  name: 'judge-paragraph',
  role: 'logical',
  sampling: { temperature: 0.2, top_p: 1, max_tokens: 1000 },
  calls: 3,
  variables: { text: 'required', ...SOURCE_VARIABLES },
  render: (_input, context) => ({ text: context.text, ...sourceValues(context) }),
  parse: (reply) => readVerdict(reply, { yes: 'suitable', no: 'unsuitable' }),
};

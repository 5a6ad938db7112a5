import { mentionsSource } from '../checks/source-talk.js';
import type { Pair, Revision } from '../records.js';
import { readRevision } from './reading/revision.js';
import { SOURCE_VARIABLES, sourceValues, unusable, usable, type Step } from './step.js';

/** Can the pair be understood without the book? The model does not see the text, so that it cannot fill in for the reader. */
export const reviseContext: Step<Pair, Revision> = {
  name: 'revise-context',
  role: 'logical',
  sampling: { temperature: 0.2, top_p: 1, max_tokens: 1500 },
  calls: 2,
  variables: { question: 'required', answer: 'required', ...SOURCE_VARIABLES },
  render: ({ question, answer }, context) => ({ question, answer, ...sourceValues(context) }),
  parse: (reply, original) => {
    const revision = readRevision(reply, original);
    if (!revision.ok || revision.value.verdict !== 'reword') return revision;
    const { question, answer } = revision.value.pair;
    const words = mentionsSource(question) ?? mentionsSource(answer);
    if (words === undefined) return usable(revision.value);
    return unusable(
      `The rewording still says "${words}". Name the thing itself; if its name is not known, the verdict is FAIL.`,
    );
  },
};

import type { Pair } from '../records.js';
import { readPairs } from './reading/pairs.js';
import { renderQuestions, renderRejected, type RejectedPair } from './render-pairs.js';
import { SOURCE_VARIABLES, sourceValues, unusable, usable, type Step } from './step.js';

export interface RegenerateQuestionInput {
  /** The other questions of the chunk as they were first written. */
  siblings: string[];
  /** All versions so far, oldest first. */
  rejected: RejectedPair[];
}

const FORM = 'Write one dash line on the fault, then one new pair: "Question: ..." and on the next line "Answer: ...".';

/** Writes a better pair in place of one that was voted down. */
export const regenerateQuestion: Step<RegenerateQuestionInput, Pair> = {
  name: 'regenerate-question',
  role: 'logical',
  sampling: { temperature: 0.8, top_p: 1, max_tokens: 1500 },
  calls: 4,
  variables: { text: 'required', siblings: 'required', rejected: 'required', ...SOURCE_VARIABLES },
  render: ({ siblings, rejected }, context) => ({
    text: context.text,
    ...sourceValues(context),
    siblings: renderQuestions(siblings),
    rejected: renderRejected(rejected),
  }),
  parse: (reply, { siblings, rejected }) => {
    const pairs = readPairs(reply, FORM);
    if (!pairs.ok) return pairs;
    // Models like to repeat what they are about to mend; a repaired answer to the same question is welcome.
    const [pair] = pairs.value.filter((each) => !rejected.some((old) => samePair(old.pair, each)));
    if (pair === undefined) return unusable(`The pair is one that was rejected. ${FORM}`);
    if (siblings.some((sibling) => sameText(sibling, pair.question))) {
      return unusable(`The question is already taken; ask about another fact. ${FORM}`);
    }
    return usable(pair);
  },
};

function samePair(one: Pair, other: Pair): boolean {
  return sameText(one.question, other.question) && sameText(one.answer, other.answer);
}

function sameText(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

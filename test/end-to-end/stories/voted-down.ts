import type { Pair, Vote } from '../../../src/records.js';
import { PANS } from '../../support/salt-works.js';
import { places, saying, toAll, vote } from '../../support/story.js';

/** The first question, voted down at its first check. */

const NOT_ASKED_FOR = 'Nobody would ask for that.';
export const IRRELEVANT = saying('IRRELEVANT', NOT_ASKED_FOR);
export const FIRST_VOTES = places('q1.v1.question', 2);
export const FIRST_VOTED_DOWN = toAll(FIRST_VOTES, IRRELEVANT);

/** How it is named where no better version of it came. */
export const REJECTED_AT_FIRST: { step: string; reason: string; pair: Pair; votes: Vote[] } = {
  step: 'check-question',
  reason: `${NOT_ASKED_FOR}\n${NOT_ASKED_FOR}`,
  pair: PANS,
  votes: FIRST_VOTES.map((call) => vote('no', NOT_ASKED_FOR, call)),
};

/** Four calls for a better version, all that it may take. */
export const REGENERATIONS = ['', '.b', '.c', '.d'].map((later) => `q1.v2.regenerate${later}`);

import { listPairs } from '../../support/agreeable-replies.js';
import { PANS, DAWN } from '../../support/salt-works.js';
import {
  beginning,
  CHATTER,
  chunkLine,
  CUT_OFF_REASON,
  cutOff,
  FLAGGED,
  FLAGGED_REASON,
  NOTHING_LEFT,
  pairLine,
  questionLine,
  saying,
  story,
  TOO_LONG,
  TOO_LONG_REASON,
  toAll,
  type Story,
} from '../../support/story.js';
import { FIRST_VOTES, FIRST_VOTED_DOWN, REJECTED_AT_FIRST, REGENERATIONS } from './voted-down.js';

/** What may become of a chunk as a whole. With three votes, at most three versions, and two conversations. */

export const CHUNK_STORIES: readonly Story[] = [
  story('everything-is-accepted'),
  story('judged-unsuitable', {
    script: { judge: saying('UNSUITABLE', 'It is a list of plates.') },
    dropped: [
      chunkLine({ state: 'rejected', step: 'judge-paragraph', reason: 'It is a list of plates.', calls: ['judge'] }),
    ],
    ...NOTHING_LEFT,
  }),
  story('judge-stays-unusable', {
    script: { judge: CHATTER, 'judge.b': CHATTER, 'judge.c': cutOff('It is full of facts.\nVerdict: SUITABLE') },
    dropped: [
      chunkLine({
        state: 'failed',
        step: 'judge-paragraph',
        reason: CUT_OFF_REASON,
        calls: ['judge', 'judge.b', 'judge.c'],
      }),
    ],
    ...NOTHING_LEFT,
  }),
  story('judge-is-refused', {
    script: { judge: FLAGGED },
    dropped: [chunkLine({ state: 'failed', step: 'judge-paragraph', reason: FLAGGED_REASON, calls: ['judge'] })],
    ...NOTHING_LEFT,
  }),
  story('questions-stay-unusable', {
    script: {
      generate: CHATTER,
      'generate.b': cutOff(listPairs([PANS])),
      'generate.c': CHATTER,
      'generate.d': { text: 'Pairs:\n1. Question: How many pans are there?' },
    },
    dropped: [
      chunkLine({
        state: 'failed',
        step: 'generate-questions',
        reason: beginning('Pair 1 has no answer\\.'),
        calls: ['judge', 'generate', 'generate.b', 'generate.c', 'generate.d'],
      }),
    ],
    ...NOTHING_LEFT,
  }),
  story('questions-are-refused', {
    script: { generate: CHATTER, 'generate.b': TOO_LONG },
    dropped: [
      chunkLine({
        state: 'failed',
        step: 'generate-questions',
        reason: TOO_LONG_REASON,
        calls: ['judge', 'generate', 'generate.b'],
      }),
    ],
    ...NOTHING_LEFT,
  }),
  story('no-pair-survives', {
    script: {
      ...FIRST_VOTED_DOWN,
      ...toAll(REGENERATIONS, CHATTER),
      'q2.revise': saying('FAIL', 'Which panman, nobody knows.'),
    },
    dropped: [
      chunkLine({ state: 'rejected', step: 'pairs', reason: 'no pair survived', calls: ['judge', 'generate'] }),
      questionLine(1, {
        state: 'rejected',
        ...REJECTED_AT_FIRST,
        reason: beginning(`${REJECTED_AT_FIRST.reason}\nNo better version came: There is no pair`),
        calls: ['generate', ...REGENERATIONS, ...FIRST_VOTES],
      }),
      pairLine(2, {
        state: 'rejected',
        step: 'revise-context',
        reason: 'Which panman, nobody knows.',
        pair: DAWN,
        calls: ['q2.revise'],
      }),
    ],
    ...NOTHING_LEFT,
  }),
  story('no-pair-survives-and-one-is-undecided', {
    script: { 'q1.revise': saying('FAIL', 'Which works, nobody knows.'), 'q2.revise': FLAGGED },
    dropped: [
      chunkLine({
        state: 'failed',
        step: 'pairs',
        reason: 'no pair survived, and 1 could not be decided',
        calls: ['judge', 'generate'],
      }),
      pairLine(1, {
        state: 'rejected',
        step: 'revise-context',
        reason: 'Which works, nobody knows.',
        pair: PANS,
        calls: ['q1.revise'],
      }),
      pairLine(2, {
        state: 'failed',
        step: 'revise-context',
        reason: FLAGGED_REASON,
        pair: DAWN,
        calls: ['q2.revise'],
      }),
    ],
    ...NOTHING_LEFT,
  }),
];

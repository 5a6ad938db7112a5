import { listPairs } from '../../support/agreeable-replies.js';
import { PANS, DAWN, LOFT, THURSDAY, DAWN_TURNED, DAWN_AGAIN, PANS_AGAIN } from '../../support/salt-works.js';
import {
  CHATTER,
  CUT_OFF_REASON,
  cutOff,
  FITS,
  FLAGGED,
  FLAGGED_REASON,
  NO_VERDICT,
  places,
  allVotes,
  questionLine,
  saying,
  story,
  TOO_LONG,
  TOO_LONG_REASON,
  toAll,
  vote,
  writing,
  type Story,
} from '../../support/story.js';
import { IRRELEVANT, FIRST_VOTES, FIRST_VOTED_DOWN, REJECTED_AT_FIRST, REGENERATIONS } from './voted-down.js';

/** What may become of questions. With three votes, at most three versions, and two conversations. */

export const QUESTION_STORIES: readonly Story[] = [
  story('questions-repeat-others', {
    script: { generate: { text: listPairs([PANS, PANS_AGAIN, DAWN, DAWN_TURNED]) } },
    dropped: [
      questionLine(2, {
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${PANS.question}`,
        pair: PANS_AGAIN,
        calls: ['generate'],
      }),
      questionLine(4, {
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${DAWN.question}`,
        pair: DAWN_TURNED,
        calls: ['generate'],
      }),
    ],
  }),
  story('all-versions-are-voted-down', {
    script: {
      'q1.v1.question.1': IRRELEVANT,
      'q1.v1.question.3': IRRELEVANT,
      'q1.v2.regenerate': CHATTER,
      'q1.v2.regenerate.b': writing(LOFT),
      ...toAll(places('q1.v2.relevancy', 2), saying('IRRELEVANT', 'It tells when, not where.')),
      'q1.v3.regenerate': writing(THURSDAY),
      'q1.v3.accuracy.1': saying('INACCURATE', 'It leaves on another day.'),
      'q1.v3.accuracy.2': saying('INACCURATE', 'The day is wrong.'),
    },
    dropped: [
      questionLine(1, {
        state: 'rejected',
        step: 'check-answer-accuracy',
        reason: 'It leaves on another day.\nThe day is wrong.',
        pair: THURSDAY,
        votes: [
          vote('no', 'It leaves on another day.', 'q1.v3.accuracy.1'),
          vote('no', 'The day is wrong.', 'q1.v3.accuracy.2'),
        ],
        calls: [
          'generate',
          'q1.v2.regenerate',
          'q1.v2.regenerate.b',
          'q1.v3.regenerate',
          ...places('q1.v1.question', 3),
          ...places('q1.v2.question', 2),
          ...places('q1.v2.relevancy', 2),
          ...allVotes('q1.v3'),
        ],
      }),
    ],
    pairs: [DAWN],
    conversations: [1],
  }),
  story('better-versions-repeat-others', {
    script: {
      generate: { text: listPairs([PANS, DAWN, LOFT]) },
      ...FIRST_VOTED_DOWN,
      'q1.v2.regenerate': writing(DAWN_TURNED),
      ...toAll(places('q3.v1.question', 2), IRRELEVANT),
      'q3.v2.regenerate': writing(DAWN_AGAIN),
    },
    dropped: [
      questionLine(2, {
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${DAWN_TURNED.question}`,
        pair: DAWN,
        calls: ['generate', ...allVotes('q2.v1')],
      }),
      questionLine(3, {
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${DAWN_TURNED.question}`,
        pair: DAWN_AGAIN,
        calls: ['generate', 'q3.v2.regenerate', ...places('q3.v1.question', 2), ...allVotes('q3.v2')],
      }),
    ],
    pairs: [DAWN_TURNED],
    conversations: [1],
  }),
  story('spent-places-decide-nothing', {
    script: {
      ...toAll(['q1.v1.accuracy.1', 'q1.v1.accuracy.1.b'], CHATTER),
      'q2.v1.question.1': FLAGGED,
      'q2.v1.question.2': IRRELEVANT,
      'q2.v1.question.3': IRRELEVANT,
      'q2.v2.regenerate': writing(LOFT),
    },
    pairs: [PANS, LOFT],
  }),
  story('last-vote-is-undecided', {
    script: {
      ...FIRST_VOTED_DOWN,
      'q1.v2.regenerate': writing(LOFT),
      ...toAll(places('q1.v2.question', 2), IRRELEVANT),
      'q1.v3.regenerate': writing(THURSDAY),
      ...toAll(['q1.v3.relevancy.1', 'q1.v3.relevancy.1.b', 'q1.v3.relevancy.3'], CHATTER),
      'q1.v3.relevancy.3.b': cutOff('It fits.\nVerdict: RELEVANT'),
    },
    dropped: [
      questionLine(1, {
        state: 'failed',
        step: 'check-answer-relevancy',
        reason: CUT_OFF_REASON,
        pair: THURSDAY,
        votes: [
          vote('unusable', NO_VERDICT, 'q1.v3.relevancy.1', 'q1.v3.relevancy.1.b'),
          vote('yes', FITS, 'q1.v3.relevancy.2'),
          vote('unusable', CUT_OFF_REASON, 'q1.v3.relevancy.3', 'q1.v3.relevancy.3.b'),
        ],
        calls: [
          'generate',
          'q1.v2.regenerate',
          'q1.v3.regenerate',
          ...FIRST_VOTES,
          ...places('q1.v2.question', 2),
          ...places('q1.v3.question', 2),
          'q1.v3.relevancy.1',
          'q1.v3.relevancy.1.b',
          'q1.v3.relevancy.2',
          'q1.v3.relevancy.3',
          'q1.v3.relevancy.3.b',
        ],
      }),
    ],
    pairs: [DAWN],
    conversations: [1],
  }),
  story('votes-are-refused', {
    script: {
      ...toAll(places('q1.v1.question', 2), FLAGGED),
      'q1.v2.regenerate': writing(LOFT),
      ...toAll(places('q1.v2.question', 2), FLAGGED),
      'q1.v3.regenerate': writing(THURSDAY),
      'q1.v3.accuracy.1': FLAGGED,
      'q1.v3.accuracy.2': TOO_LONG,
    },
    dropped: [
      questionLine(1, {
        state: 'failed',
        step: 'check-answer-accuracy',
        reason: TOO_LONG_REASON,
        pair: THURSDAY,
        votes: [
          vote('refused', FLAGGED_REASON, 'q1.v3.accuracy.1'),
          vote('refused', TOO_LONG_REASON, 'q1.v3.accuracy.2'),
        ],
        calls: [
          'generate',
          'q1.v2.regenerate',
          'q1.v3.regenerate',
          ...FIRST_VOTES,
          ...places('q1.v2.question', 2),
          ...allVotes('q1.v3'),
        ],
      }),
    ],
    pairs: [DAWN],
    conversations: [1],
  }),
  story('better-version-stays-unusable', {
    script: {
      ...FIRST_VOTED_DOWN,
      'q1.v2.regenerate': CHATTER,
      'q1.v2.regenerate.b': writing(PANS),
      'q1.v2.regenerate.c': writing(DAWN),
      'q1.v2.regenerate.d': cutOff('- The fault is mended.'),
    },
    dropped: [
      questionLine(1, {
        state: 'rejected',
        ...REJECTED_AT_FIRST,
        reason: `${REJECTED_AT_FIRST.reason}\nNo better version came: ${CUT_OFF_REASON}`,
        calls: ['generate', ...REGENERATIONS, ...FIRST_VOTES],
      }),
    ],
    pairs: [DAWN],
    conversations: [1],
  }),
  story('better-version-is-refused', {
    script: { ...FIRST_VOTED_DOWN, 'q1.v2.regenerate': CHATTER, 'q1.v2.regenerate.b': FLAGGED },
    dropped: [
      questionLine(1, {
        ...REJECTED_AT_FIRST,
        state: 'failed',
        step: 'regenerate-question',
        reason: FLAGGED_REASON,
        calls: ['generate', 'q1.v2.regenerate', 'q1.v2.regenerate.b', ...FIRST_VOTES],
      }),
    ],
    pairs: [DAWN],
    conversations: [1],
  }),
];

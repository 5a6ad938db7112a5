import { PANS, DAWN, THURSDAY } from '../../support/salt-works.js';
import {
  beginning,
  CHATTER,
  conversationLine,
  CUT_OFF_REASON,
  cutOff,
  EMPTY,
  FITS,
  FLAGGED,
  FLAGGED_REASON,
  NO_VERDICT,
  allVotes,
  questionLine,
  saying,
  story,
  TOO_LONG,
  TOO_LONG_REASON,
  vote,
  writing,
  type Story,
} from '../../support/story.js';

/** What may become of a chunk in role-play. With two votes, at most two versions, and two conversations. */

const WRONG_DAY = saying('INACCURATE', 'The day is wrong.');

export const ROLE_PLAY_STORIES: readonly Story[] = [
  story('everything-is-accepted'),
  story('a-tie-is-a-no', {
    script: {
      'q1.v1.accuracy.2': saying('INACCURATE', 'Nine of what?'),
      'q1.v2.regenerate': writing(THURSDAY),
      'q1.v2.accuracy.2': WRONG_DAY,
    },
    dropped: [
      questionLine(1, {
        state: 'rejected',
        step: 'check-answer-accuracy',
        reason: 'The day is wrong.',
        pair: THURSDAY,
        votes: [vote('yes', FITS, 'q1.v2.accuracy.1'), vote('no', 'The day is wrong.', 'q1.v2.accuracy.2')],
        calls: ['generate', 'q1.v2.regenerate', ...allVotes('q1.v1'), ...allVotes('q1.v2')],
      }),
    ],
    pairs: [DAWN],
    conversations: [1],
  }),
  story('two-votes-stay-undecided', {
    script: {
      'q2.v1.question.1': saying('IRRELEVANT', 'Nobody would ask for that.'),
      'q2.v2.regenerate': writing(THURSDAY),
      'q2.v2.question.1': CHATTER,
      'q2.v2.question.1.b': CHATTER,
    },
    dropped: [
      questionLine(2, {
        state: 'failed',
        step: 'check-question',
        reason: NO_VERDICT,
        pair: THURSDAY,
        votes: [
          vote('unusable', NO_VERDICT, 'q2.v2.question.1', 'q2.v2.question.1.b'),
          vote('yes', FITS, 'q2.v2.question.2'),
        ],
        calls: [
          'generate',
          'q2.v2.regenerate',
          'q2.v1.question.1',
          'q2.v2.question.1',
          'q2.v2.question.1.b',
          'q2.v2.question.2',
        ],
      }),
    ],
    pairs: [PANS],
    conversations: [1],
  }),
  story('character-is-not-planned', {
    script: { 'c1.character-plan': EMPTY, 'c1.character-plan.b': EMPTY, 'c2.character-plan': FLAGGED },
    dropped: [
      conversationLine(1, {
        state: 'failed',
        step: 'plan-character',
        reason: beginning('The reply was empty\\.'),
        calls: ['c1.character-plan', 'c1.character-plan.b'],
      }),
      conversationLine(2, {
        state: 'failed',
        step: 'plan-character',
        reason: FLAGGED_REASON,
        calls: ['c2.character-plan'],
      }),
    ],
    conversations: [],
  }),
  story('character-is-not-written', {
    script: {
      'c1.character': EMPTY,
      'c1.character.b': cutOff('Name: Ottilie Brand\nTraits: counts under her'),
      'c1.character.c': CHATTER,
      'c2.character': TOO_LONG,
    },
    dropped: [
      conversationLine(1, {
        state: 'failed',
        step: 'write-character',
        reason: beginning('There is no name on the card\\.'),
        calls: ['c1.character-plan', 'c1.character', 'c1.character.b', 'c1.character.c'],
      }),
      conversationLine(2, {
        state: 'failed',
        step: 'write-character',
        reason: TOO_LONG_REASON,
        calls: ['c2.character-plan', 'c2.character'],
      }),
    ],
    conversations: [],
  }),
  story('scenario-is-not-planned', {
    script: {
      'c1.scenario-plan': EMPTY,
      'c1.scenario-plan.b': cutOff('- Place: a quay.\n- Second'),
      'c2.scenario-plan': FLAGGED,
    },
    dropped: [
      conversationLine(1, {
        state: 'failed',
        step: 'plan-scenario',
        reason: CUT_OFF_REASON,
        calls: ['c1.character-plan', 'c1.character', 'c1.scenario-plan', 'c1.scenario-plan.b'],
      }),
      conversationLine(2, {
        state: 'failed',
        step: 'plan-scenario',
        reason: FLAGGED_REASON,
        calls: ['c2.character-plan', 'c2.character', 'c2.scenario-plan'],
      }),
    ],
    conversations: [],
  }),
  story('scenario-is-not-written', {
    script: { 'c1.scenario': EMPTY, 'c1.scenario.b': EMPTY, 'c2.scenario': TOO_LONG },
    dropped: [
      conversationLine(1, {
        state: 'failed',
        step: 'write-scenario',
        reason: beginning('The reply was empty\\.'),
        calls: ['c1.character-plan', 'c1.character', 'c1.scenario-plan', 'c1.scenario', 'c1.scenario.b'],
      }),
      conversationLine(2, {
        state: 'failed',
        step: 'write-scenario',
        reason: TOO_LONG_REASON,
        calls: ['c2.character-plan', 'c2.character', 'c2.scenario-plan', 'c2.scenario'],
      }),
    ],
    conversations: [],
  }),
  story('conversation-is-not-written', {
    script: {
      'c1.conversation': CHATTER,
      'c1.conversation.b': { text: `Jonas Reed: ${PANS.question}\nOttilie Brand: ${PANS.answer}` },
      'c2.conversation': FLAGGED,
    },
    dropped: [
      conversationLine(1, {
        state: 'rejected',
        step: 'write-conversation',
        reason: beginning('Write all 2 pairs'),
        calls: [
          'c1.character-plan',
          'c1.character',
          'c1.scenario-plan',
          'c1.scenario',
          'c1.conversation',
          'c1.conversation.b',
        ],
      }),
      conversationLine(2, {
        state: 'failed',
        step: 'write-conversation',
        reason: FLAGGED_REASON,
        calls: ['c2.character-plan', 'c2.character', 'c2.scenario-plan', 'c2.scenario', 'c2.conversation'],
      }),
    ],
    conversations: [],
  }),
];

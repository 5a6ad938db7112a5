import { listPairs } from '../../support/agreeable-replies.js';
import { PANS, DAWN, LOFT, DAWN_TURNED, DAWN_AGAIN } from '../../support/salt-works.js';
import {
  beginning,
  CHATTER,
  conversationLine,
  CUT_OFF_REASON,
  cutOff,
  FLAGGED,
  FLAGGED_REASON,
  pairLine,
  rewording,
  saying,
  story,
  TOO_LONG,
  TOO_LONG_REASON,
  type Story,
} from '../../support/story.js';

/** What may become of pairs and their conversations. With three votes, at most three versions, and two conversations. */

const PANS_REWORDED = {
  question: 'How many salt pans are there at Low Marren?',
  answer: 'There are nine salt pans at Low Marren.',
};

export const PAIR_AND_CONVERSATION_STORIES: readonly Story[] = [
  story('pairs-are-kept-reworded-and-dropped', {
    script: {
      generate: { text: listPairs([PANS, DAWN, LOFT]) },
      'q1.revise': rewording(PANS_REWORDED),
      'q3.revise': saying('FAIL', 'Which loft, nobody knows.'),
    },
    dropped: [
      pairLine(3, {
        state: 'rejected',
        step: 'revise-context',
        reason: 'Which loft, nobody knows.',
        pair: LOFT,
        calls: ['q3.revise'],
      }),
    ],
    pairs: [PANS_REWORDED, DAWN],
  }),
  story('rewordings-repeat-others', {
    script: {
      generate: { text: listPairs([PANS, DAWN, LOFT]) },
      'q1.revise': rewording(DAWN_TURNED),
      'q3.revise': rewording(DAWN_AGAIN),
    },
    dropped: [
      pairLine(2, {
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${DAWN_TURNED.question}`,
        pair: DAWN,
        calls: ['q2.revise'],
      }),
      pairLine(3, {
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${DAWN_TURNED.question}`,
        pair: DAWN_AGAIN,
        calls: ['q3.revise'],
      }),
    ],
    pairs: [DAWN_TURNED],
    conversations: [1],
  }),
  story('revision-has-no-decision', {
    script: {
      generate: { text: listPairs([PANS, DAWN, LOFT]) },
      'q1.revise': CHATTER,
      'q1.revise.b': rewording({ ...PANS, question: 'According to the text, how many pans are there?' }),
      'q2.revise': TOO_LONG,
    },
    dropped: [
      pairLine(1, {
        state: 'failed',
        step: 'revise-context',
        reason: beginning('The rewording still says "According to the text"\\.'),
        pair: PANS,
        calls: ['q1.revise', 'q1.revise.b'],
      }),
      pairLine(2, {
        state: 'failed',
        step: 'revise-context',
        reason: TOO_LONG_REASON,
        pair: DAWN,
        calls: ['q2.revise'],
      }),
    ],
    pairs: [LOFT],
    conversations: [1],
  }),
  story('conversations-stay-unusable', {
    script: {
      'c1.conversation': CHATTER,
      'c1.conversation.b': { text: `User: ${PANS.question}\nAI Assistant: ${PANS.answer}` },
      'c2.conversation': CHATTER,
      'c2.conversation.b': cutOff(`User: ${PANS.question}\nAI Assistant: The salt`),
    },
    dropped: [
      conversationLine(1, {
        state: 'rejected',
        step: 'write-assistant-conversation',
        reason: beginning('Write all 2 pairs'),
        calls: ['c1.conversation', 'c1.conversation.b'],
      }),
      conversationLine(2, {
        state: 'rejected',
        step: 'write-assistant-conversation',
        reason: CUT_OFF_REASON,
        calls: ['c2.conversation', 'c2.conversation.b'],
      }),
    ],
    conversations: [],
  }),
  story('conversation-is-refused', {
    script: { 'c1.conversation': CHATTER, 'c1.conversation.b': FLAGGED, 'c2.conversation': CHATTER },
    dropped: [
      conversationLine(1, {
        state: 'failed',
        step: 'write-assistant-conversation',
        reason: FLAGGED_REASON,
        calls: ['c1.conversation', 'c1.conversation.b'],
      }),
    ],
    conversations: [2],
  }),
];

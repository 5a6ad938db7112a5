import type { Pair } from '../../src/records.js';
import { chunkScenario, PAIRS } from '../support/chunk-scenario.js';
import { host } from './host.js';

/** Nothing is vetted: these tests are about what comes after. */
const UNVETTED = { doubleCheckCounter: 0 };
const PAIRS_ONLY = { ...UNVETTED, until: 'pairs' } as const;

const [CLOCK] = PAIRS as [Pair];
const REWORDED: Pair = { question: 'Who winds the clock of Port Ellery?', answer: 'The pilot on night watch.' };

describe('after vetting', () => {
  describe('revising a pair', () => {
    it.concurrent('lets the reworded pair go on, and keeps the original', async () => {
      const { record, asked } = await chunkScenario({ ...UNVETTED, rearrangements: 1 })
        .questions(1)
        .reword('q1.revise', REWORDED)
        .play(host);

      expect(record.pairs[0]).toMatchObject({ state: 'accepted', pair: REWORDED, verdict: 'reword' });
      expect(asked('c1.conversation').input).toEqual({ pairs: [REWORDED] });
    });

    it.concurrent('drops a pair that cannot stand alone', async () => {
      const { record } = await chunkScenario(PAIRS_ONLY)
        .questions(2)
        .drop('q2.revise', 'asks about "the above"')
        .play(host);

      expect(record.pairs[1]).toEqual({
        number: 2,
        state: 'rejected',
        step: 'revise-context',
        reason: 'asks about "the above"',
        verdict: 'fail',
        calls: ['q2.revise'],
      });
      expect(record.state).toBe('accepted');
    });

    it.concurrent('fails a pair whose revision stays unusable, and never lets it through unrevised', async () => {
      const { record } = await chunkScenario(PAIRS_ONLY)
        .questions(2)
        .unusable('q1.revise', 'No verdict.')
        .unusable('q1.revise.b', 'Still says "the text".')
        .play(host);

      expect(record.pairs[0]).toEqual({
        number: 1,
        state: 'failed',
        step: 'revise-context',
        reason: 'Still says "the text".',
        calls: ['q1.revise', 'q1.revise.b'],
      });
    });

    it.concurrent('fails a pair whose revision the provider refuses', async () => {
      const { record } = await chunkScenario(PAIRS_ONLY).questions(2).refuse('q1.revise', 'content policy').play(host);

      expect(record.pairs[0]).toMatchObject({ state: 'failed', step: 'revise-context', reason: 'content policy' });
    });

    it.concurrent('keeps the lower number where two pairs became alike', async () => {
      const { record } = await chunkScenario(PAIRS_ONLY)
        .questions(3)
        .reword('q3.revise', { question: CLOCK.question, answer: 'The night pilot.' })
        .play(host);

      expect(record.pairs[2]).toMatchObject({
        state: 'rejected',
        step: 'duplicate',
        reason: `It repeats: ${CLOCK.question}`,
        verdict: 'reword',
      });
      expect(record.pairs[2]).not.toHaveProperty('pair');
    });
  });

  describe('where no pair survives', () => {
    it.concurrent('the chunk is rejected', async () => {
      const { record, calls } = await chunkScenario(UNVETTED)
        .questions(1)
        .drop('q1.revise', 'asks about "the above"')
        .play(host);

      expect(record).toMatchObject({ state: 'rejected', step: 'pairs', reason: 'no pair survived' });
      expect(calls).toEqual(['generate', 'judge', 'q1.revise']);
    });

    it.concurrent('the chunk has failed if a pair could not be decided', async () => {
      const { record } = await chunkScenario(UNVETTED)
        .questions(2)
        .drop('q1.revise', 'asks about "the above"')
        .refuse('q2.revise', 'content policy')
        .play(host);

      expect(record).toMatchObject({ state: 'failed', reason: 'no pair survived, and 1 could not be decided' });
    });

    it.concurrent('the chunk has failed if a question could not be decided', async () => {
      const { record } = await chunkScenario({ doubleCheckCounter: 1, questionVersions: 1 })
        .questions(1)
        .refuse('q1.v1.question.1', 'content policy')
        .play(host);

      expect(record).toMatchObject({ state: 'failed', step: 'pairs', pairs: [] });
    });
  });

  describe('writing conversations', () => {
    it.concurrent.each([
      { pairs: 1, rearrangements: 3, expected: 1 },
      { pairs: 2, rearrangements: 3, expected: 2 },
      { pairs: 3, rearrangements: 3, expected: 3 },
      { pairs: 2, rearrangements: 1, expected: 1 },
      { pairs: 2, rearrangements: 0, expected: 0 },
    ])('takes $expected orders of $pairs pairs, of $rearrangements', async ({ pairs, rearrangements, expected }) => {
      const { record } = await chunkScenario({ ...UNVETTED, rearrangements })
        .questions(pairs)
        .play(host);

      const orders = record.conversations.map(({ order }) => order.join(' '));
      expect(new Set(orders).size).toBe(expected);
      expect(record.conversations.map(({ order }) => order.toSorted((a, b) => a - b))).toEqual(
        Array.from({ length: expected }, () => Array.from({ length: pairs }, (_, index) => index + 1)),
      );
      expect(record.state).toBe('accepted');
    });

    it.concurrent('gives the pairs in the order of the conversation', async () => {
      const { record, asked } = await chunkScenario(UNVETTED).questions(3).play(host);

      for (const { number, order } of record.conversations) {
        expect(asked(`c${number}.conversation`).input).toEqual({ pairs: order.map((each) => PAIRS[each - 1]) });
      }
    });

    it.concurrent('leaves out pairs that were dropped', async () => {
      const { record } = await chunkScenario(UNVETTED)
        .questions(2)
        .drop('q1.revise', 'asks about "the above"')
        .play(host);

      expect(record.conversations.map(({ order }) => order)).toEqual([[2]]);
    });

    it.concurrent('rejects a conversation that stays unusable, with the last reason', async () => {
      const { record } = await chunkScenario(UNVETTED)
        .questions(2)
        .unusable('c1.conversation', 'The second answer is missing.')
        .unusable('c1.conversation.b', 'An empty turn.')
        .play(host);

      expect(record.conversations.map(({ state }) => state)).toEqual(['rejected', 'accepted']);
      expect(record.conversations[0]).toMatchObject({
        step: 'write-assistant-conversation',
        reason: 'An empty turn.',
        calls: ['c1.conversation', 'c1.conversation.b'],
      });
      expect(record.state).toBe('accepted');
    });

    it.concurrent('asks as often as CONVERSATION_ATTEMPTS says', async () => {
      const { record } = await chunkScenario({ ...UNVETTED, conversationAttempts: 1 })
        .questions(1)
        .unusable('c1.conversation', 'An empty turn.')
        .play(host);

      expect(record.conversations[0]).toMatchObject({ state: 'rejected', calls: ['c1.conversation'] });
    });

    it.concurrent('fails a conversation that the provider refuses to write', async () => {
      const { record } = await chunkScenario(UNVETTED)
        .questions(1)
        .refuse('c1.conversation', 'context too long')
        .play(host);

      expect(record.conversations[0]).toMatchObject({ state: 'failed', reason: 'context too long' });
    });
  });
});

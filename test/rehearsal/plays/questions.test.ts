import { findDuplicate } from '../../../src/checks/duplicates.js';
import { pairPool } from '../../../src/rehearsal/plays/pair-pool.js';
import { answerPieces } from '../../../src/rehearsal/plays/pieces.js';
import { topicOf } from '../../../src/rehearsal/plays/topic.js';
import { ODD_TEXTS } from '../odd-texts.js';
import { sampleReply } from '../sample-replies.js';

describe('the pool of pairs', () => {
  it.each(Object.entries(ODD_TEXTS))('holds at least eight distinct ones from %s', (_name, text) => {
    const questions = pairPool(text).map(({ question }) => question);
    expect(questions.length).toBeGreaterThanOrEqual(8);
    questions.forEach((question, index) => expect(findDuplicate(question, questions.slice(0, index))).toBeUndefined());
  });
});

describe('regeneration', () => {
  it('writes different pairs for different questions and versions, though none sees the others', () => {
    const text = ODD_TEXTS['prose'] ?? '';
    const calls = ['q1.v2', 'q2.v2', 'q3.v2', 'q4.v2', 'q1.v3', 'q2.v3', 'q3.v3', 'q4.v3'];
    const replies = calls.map((call) => {
      const { text: reply } = sampleReply('regenerate-question', `${call}.regenerate`, {
        text,
        taken: [],
        rejected: [],
      });
      return reply.slice(reply.indexOf('Question:'));
    });
    expect(new Set(replies).size).toBe(calls.length);
  });
});

describe('pieces of a text', () => {
  it.each<[string, string, string[]]>([
    [
      'sentences',
      'The mill has two wheels. The pond is deep and cold.',
      ['The mill has two wheels.', 'The pond is deep and cold.'],
    ],
    ['no cut after a title', 'It was Dr. Hale who built it all.', ['It was Dr. Hale who built it all.']],
    ['rows of a table', '| Tin | 232 |\n|---|---|\n| Lead | 327 |', ['Tin, 232; Lead, 327.']],
    ['list items', '- an awl\n- linen thread\n- a press', ['an awl; linen thread; a press.']],
    [
      'no talk of the source',
      'The text says that it rains. Rain fills the pond in April.',
      ['Rain fills the pond in April.'],
    ],
    [
      'what needs no context first',
      'He left in the early morning. The ferry leaves at six.',
      ['The ferry leaves at six.', 'He left in the early morning.'],
    ],
    ['nothing that reads as a label', 'Verdict: it is all wrong here.', []],
  ])('%s', (_name, text, pieces) => {
    expect(answerPieces(text)).toEqual(pieces);
  });

  it('are of bearable length, however long the sentence', () => {
    const pieces = answerPieces(`The ${'long and winding road over the hills '.repeat(40)}ends at the sea.`);
    expect(pieces.length).toBeGreaterThan(4);
    for (const piece of pieces) expect(piece.split(' ').length).toBeLessThanOrEqual(45);
  });
});

describe('the topic of a sentence', () => {
  it.each([
    ['The keeper inspects the hive in spring.', 'the keeper and the hive'],
    ['Smoke calms a restless colony.', 'a restless colony'],
    ['In 1912 old Edwin Hale sold the mill.', 'Edwin Hale and the mill'],
    ['Fish swim upstream.', 'upstream and fish'],
    ['他们每天早晨打开闸门', '他们 and 每天'],
    ['It was so.', undefined],
  ])('%s', (sentence, topic) => {
    expect(topicOf(sentence)).toBe(topic);
  });
});

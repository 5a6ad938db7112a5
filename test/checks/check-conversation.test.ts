import { checkConversation } from '../../src/checks/check-conversation.js';
import type { Conversation, Pair } from '../../src/records.js';
import type { Parsed } from '../../src/steps/step.js';
import type { ConversationFixture } from '../fixtures/conversations/fixture.js';
import { forgeriesOf } from '../fixtures/conversations/forge.js';
import { FORGED_AFTER, FORGED_BEFORE, TRUE_AFTER, TRUE_BEFORE } from '../fixtures/conversations/sets.js';

const TRUE = [...TRUE_BEFORE, ...TRUE_AFTER];
const FORGED = [...FORGED_BEFORE, ...FORGED_AFTER];

const ASSISTANT = { answerer: 'AI Assistant', asker: 'User' };

function check(
  reply: string,
  { pairs, speakers }: Pick<ConversationFixture, 'pairs' | 'speakers'>,
): Parsed<Conversation> {
  return checkConversation(reply, { ...(speakers ?? ASSISTANT), pairs, forbidSourceTalk: !speakers });
}

function reasonFor(reply: string, pairs: Pair[]): string | undefined {
  const result = check(reply, { pairs });
  return result.ok ? undefined : result.reason;
}

describe('a true conversation passes', () => {
  it.each(TRUE)('$name', (fixture) => {
    expect(check(fixture.reply, fixture)).toMatchObject({ ok: true });
  });
});

describe('the figures', () => {
  it.each([
    ['with the thresholds in sight', TRUE_BEFORE, 136],
    ['after the thresholds were set', TRUE_AFTER, 160],
    ['in role-play', TRUE.filter(({ speakers }) => speakers), 85],
    ['with a plain assistant', TRUE.filter(({ speakers }) => !speakers), 211],
  ])('of the true ones written %s, at most 2 %% are refused', (_, fixtures, count) => {
    const refused = fixtures.filter((fixture) => !check(fixture.reply, fixture).ok).map(({ name }) => name);
    expect(fixtures.length).toBe(count);
    expect(refused.length / count).toBeLessThanOrEqual(0.02);
  });

  it.each([
    ['with the thresholds in sight', FORGED_BEFORE, 76],
    ['after the thresholds were set', FORGED_AFTER, 231],
  ])('of the forged ones written %s, none passes', (_, fixtures, count) => {
    expect(fixtures.length).toBe(count);
    expect(fixtures.filter((fixture) => check(fixture.reply, fixture).ok)).toEqual([]);
  });
});

describe('a conversation forged by hand is refused for what was forged', () => {
  it.each(FORGED)('$name', (fixture) => {
    expect(check(fixture.reply, fixture)).toMatchObject({ ok: false, reason: expect.stringMatching(fixture.reason) });
  });
});

describe('no mechanical forgery of a true conversation passes', () => {
  it.each(TRUE)('$name', (fixture) => {
    const faithful = check(fixture.reply, fixture);
    if (!faithful.ok) throw new Error(faithful.reason);
    const forgeries = forgeriesOf(fixture, faithful.value.turns);
    expect(forgeries.length).toBeGreaterThan(15);
    expect(forgeries.filter(({ reply }) => check(reply, fixture).ok)).toEqual([]);
  });
});

describe('the conversation that comes out', () => {
  const pairs: Pair[] = [{ question: 'How many sails has the smack Dove?', answer: 'The Dove has three sails.' }];

  it('has the opener, and turns of several paragraphs, without labels and marks', () => {
    const reply =
      '## A conversation\n\n**AI Assistant:** Ahoy!\n\n**User:** How many sails has the smack Dove?\n\n**AI Assistant:** Let me see.\n\nThe Dove has three sails.\n\n---';
    expect(check(reply, { pairs })).toEqual({
      ok: true,
      value: {
        answerer: 'AI Assistant',
        turns: [
          { speaker: 'AI Assistant', text: 'Ahoy!' },
          { speaker: 'User', text: 'How many sails has the smack Dove?' },
          { speaker: 'AI Assistant', text: 'Let me see.\n\nThe Dove has three sails.' },
        ],
      },
    });
  });

  it('lets a character speak of a text, but not an assistant', () => {
    const answer = 'The text on the wall says it: the Dove has three sails.';
    const asked = 'How many sails has the smack Dove?';
    const told = checkConversation(`Pip: ${asked}\nOld Tom: ${answer}`, {
      answerer: 'Old Tom',
      asker: 'Pip',
      pairs,
      forbidSourceTalk: false,
    });
    expect(told.ok).toBe(true);
    expect(
      reasonFor(`User: ${asked}\nAI Assistant: According to the text, the Dove has three sails.`, pairs),
    ).toContain('"According to the text"');
  });
});

describe('a reason tells the model what to do', () => {
  const pairs: Pair[] = [
    { question: 'How many bricks were laid?', answer: '1,482.' },
    { question: 'Who laid them?', answer: 'The masons of Ardle laid them.' },
  ];
  const first = 'User: How many bricks were laid?\nAI Assistant: 1,482.';
  const second = 'User: Who laid them?\nAI Assistant: The masons of Ardle laid them.';

  it.each([
    [
      'a changed number',
      `${first.replace('1,482', 'About 1,500')}\n${second}`,
      'Turn 2 must give the whole answer to "How many bricks were laid?": "1,482" is missing.',
    ],
    ['a missing pair', first, 'Write all 2 pairs, each as a question turn and an answer turn: there are only 1.'],
    [
      'a turn too many',
      `${first}\n${second}\nUser: Thanks!`,
      'The conversation must end after 2 pairs: turn 5 ("Thanks!") is one too many.',
    ],
    [
      'an empty turn',
      `${first}\nUser: Who laid them?\nAI Assistant:`,
      'Turn 4 is empty: every turn must say something.',
    ],
    [
      'a wrong speaker',
      `${first}\n${second.replace('AI Assistant', 'User')}`,
      'Turn 4 must begin with "AI Assistant:" and answer "Who laid them?": it begins with "User:".',
    ],
    [
      'an unfinished answer',
      `${first}\n${second.replace('laid them.', 'laid them with')}`,
      'Turn 4 breaks off: write the last answer to its end.',
    ],
  ])('%s', (_, reply, reason) => {
    expect(reasonFor(reply, pairs)).toBe(reason);
  });
});

describe('words that only look forbidden are let through when the pairs hold them', () => {
  it.each<[string, Pair]>([
    ['a label', { question: 'What stands on the card?', answer: 'On the card stands:\nAnswer: seven of hearts.' }],
    ['a heading', { question: 'How does a Markdown title look?', answer: 'It looks like this:\n# Title of the page' }],
    [
      'a source',
      { question: 'What does the passage say about trade?', answer: 'The passage says that trade was free.' },
    ],
  ])('%s', (_, pair) => {
    expect(reasonFor(`User: ${pair.question}\nAI Assistant: ${pair.answer}`, [pair])).toBeUndefined();
  });
});

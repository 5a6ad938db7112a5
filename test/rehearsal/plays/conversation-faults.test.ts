import type { Pair } from '../../../src/records.js';
import { checkConversation } from '../../../src/checks/check-conversation.js';
import { spoilPairs } from '../../../src/rehearsal/plays/conversation-faults.js';

const PAIR_SETS: Record<string, Pair[]> = {
  'three pairs': [
    { question: 'How heavy is the millstone?', answer: 'The millstone weighs about 900 kilograms.' },
    { question: 'Who dug the pond?', answer: 'Two brothers from Norrick dug the pond by hand.' },
    { question: 'When does the wheel stand still?', answer: 'It stands still as long as the brook is frozen.' },
  ],
  'one pair': [{ question: 'How heavy is the millstone?', answer: 'The millstone weighs about 900 kilograms.' }],
  'a short answer': [{ question: 'Does the mill still grind?', answer: 'Yes, wheat.' }],
  'an answer without blanks': [
    { question: 'What makes 水车 noteworthy?', answer: '水车在河边转动磨坊主人每天早晨打开闸门' },
  ],
};

describe.each(Object.entries(PAIR_SETS))('with %s', (_name, pairs) => {
  // Each place on the wheel of faults once.
  it.each([0, 1, 2, 3, 4, 5])('fault %i is found by the mechanical checks', (kind) => {
    const spoiled = spoilPairs(pairs, () => (kind + 0.5) / 6);
    const reply = spoiled.map(({ question, answer }) => `User: ${question}\nAI Assistant: ${answer}`).join('\n');
    const expected = { answerer: 'AI Assistant', asker: 'User', pairs, forbidSourceTalk: true };
    expect(checkConversation(reply, expected)).toMatchObject({ ok: false });
  });
});

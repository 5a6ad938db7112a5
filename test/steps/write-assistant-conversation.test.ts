import { writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { replyCases } from './reply-cases.js';
import { stepContext } from '../support/step-context.js';

const pairs = [
  { question: 'How tall is the Weir tower?', answer: 'The Weir tower is 61 metres tall.' },
  {
    question: 'What did Ada Flint paint on the clock of the Weir tower?',
    answer: 'Ada Flint painted a red heron on the clock of the Weir tower.',
  },
];
const read = (reply: string) => writeAssistantConversation.parse(reply, { pairs }, stepContext());
const cases = replyCases('write-assistant-conversation');

it.each(cases.filter(({ turns }) => turns !== undefined))('reads: $name', ({ reply, turns }) => {
  const parsed = read(reply);
  expect(parsed).toMatchObject({ ok: true, value: { answerer: 'AI Assistant' } });
  const value = parsed.ok ? parsed.value.turns : [];
  expect(value).toHaveLength(turns ?? 0);
  expect(value.at(-1)).toEqual({ speaker: 'AI Assistant', text: pairs[1]?.answer });
});

it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
  expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
});

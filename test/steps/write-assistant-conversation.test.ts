import { replyCases } from './reply-cases.js';
import { CONVERSATION_PAIRS, STEP_READERS } from './step-readers.js';

const read = STEP_READERS['write-assistant-conversation'];
const cases = replyCases('write-assistant-conversation');

it.each(cases.filter(({ turns }) => turns !== undefined))('reads: $name', ({ reply, turns }) => {
  const parsed = read(reply);
  expect(parsed).toMatchObject({ ok: true, value: { answerer: 'AI Assistant' } });
  const value = parsed.ok ? parsed.value.turns : [];
  expect(value).toHaveLength(turns ?? 0);
  expect(value.at(-1)).toEqual({ speaker: 'AI Assistant', text: CONVERSATION_PAIRS[1]?.answer });
});

it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
  expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
});

import { reviseContext } from '../../src/steps/revise-context.js';
import { replyCases } from './reply-cases.js';
import { stepContext } from '../support/step-context.js';

const ORIGINAL = { question: 'What does he plant first?', answer: 'The gardener Odile Marsh plants leeks first.' };
const read = (reply: string) => reviseContext.parse(reply, ORIGINAL, stepContext());
const cases = replyCases('revise-context');

it.each(cases.filter(({ verdict }) => verdict !== undefined))('reads: $name', ({ reply, verdict, reason, pair }) => {
  const value = { verdict, ...(reason !== undefined && { reason }), ...(pair && { pair }) };
  expect(read(reply)).toMatchObject({ ok: true, value });
});

it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
  expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
});

import { replyCases } from './reply-cases.js';
import { STEP_READERS } from './step-readers.js';

const read = STEP_READERS['revise-context'];
const cases = replyCases('revise-context');

it.each(cases.filter(({ verdict }) => verdict !== undefined))('reads: $name', ({ reply, verdict, reason, pair }) => {
  const value = { verdict, ...(reason !== undefined && { reason }), ...(pair && { pair }) };
  expect(read(reply)).toMatchObject({ ok: true, value });
});

it.each(cases.filter(({ unusable }) => unusable !== undefined))('refuses: $name', ({ reply, unusable = '' }) => {
  expect(read(reply)).toEqual({ ok: false, reason: expect.stringContaining(unusable) });
});

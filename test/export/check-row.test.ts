import { checkRow, checkRows } from '../../src/export/check-row.js';
import { FORMATS } from '../../src/export/export-formats.js';
import type { RowValues } from '../../src/export/training-row.js';

const turn = (role: string, content = 'Words.') => ({ role, content });
const messages = (...turns: object[]) => ({ id: 'a/c1', messages: turns }) as unknown as RowValues;
const check = (values: RowValues) => checkRow(values, FORMATS.messages);

describe('a row', () => {
  it.each([
    ['with a system message', messages(turn('system'), turn('user'), turn('assistant'))],
    ['without', messages(turn('user'), turn('assistant'), turn('user'), turn('assistant'))],
  ])('is fine %s', (_what, values) => {
    expect(check(values)).toEqual([]);
  });

  it.each([
    [
      'begins with an answer',
      messages(turn('assistant'), turn('user'), turn('assistant')),
      /roles are assistant, user/,
    ],
    ['ends with a question', messages(turn('user'), turn('assistant'), turn('user')), /to the last answer/],
    ['has two questions in a row', messages(turn('user'), turn('user'), turn('assistant')), /in turn/],
    ['has a system message in the middle', messages(turn('user'), turn('system'), turn('assistant')), /in turn/],
    ['has only a system message', messages(turn('system')), /to the last answer/],
    ['has no turns', messages(), /to the last answer/],
    ['knows a role of its own', messages(turn('human'), turn('bot')), /roles are human, bot/],
    ['has an empty turn', messages(turn('user', ' \n'), turn('assistant')), /messages, turn 1 is empty/],
    ['has a turn that is no text', messages({ role: 'user', content: ['a'] }, turn('assistant')), /turn 1 is no text/],
    [
      'has another key in a turn',
      messages({ ...turn('user'), name: 'x' }, turn('assistant')),
      /turn 1 has role, content, name/,
    ],
    ['holds NUL', messages(turn('user', 'a\0b'), turn('assistant')), /turn 1 holds a character that is none/],
    ['holds half a character', messages(turn('user'), turn('assistant', 'a\ud83d')), /turn 2 holds a character/],
    [
      'has other columns',
      { ...messages(turn('user'), turn('assistant')), extra: 'x' },
      /columns id, messages, extra and not id, messages/,
    ],
    ['has a text for a list', { id: 'a', messages: 'Words.' }, /messages is no list/],
  ])('is refused where it %s', (_what, values, fault) => {
    expect(check(values).join('; ')).toMatch(fault);
  });

  it('may leave out what may be empty, and nothing else', () => {
    const row = { id: 'a/q1', instruction: 'Why?', input: '', output: 'So.' };
    expect(checkRow(row, FORMATS.alpaca)).toEqual([]);
    expect(checkRow({ ...row, output: '' }, FORMATS.alpaca)).toEqual(['output is empty']);
  });

  it('is a prompt that ends with a question, and one answer', () => {
    const row = (prompt: object[], completion: object[]) =>
      checkRow({ id: 'a', prompt, completion } as unknown as RowValues, FORMATS['prompt-completion']);
    expect(row([turn('system'), turn('user')], [turn('assistant')])).toEqual([]);
    expect(row([turn('user'), turn('assistant')], [turn('assistant')])).toHaveLength(1);
    expect(row([turn('user')], [turn('user')])).toEqual(['completion is not one answer']);
    expect(row([turn('user')], [])).toEqual(['completion is not one answer']);
  });
});

it('no two rows of a chunk have the same id', () => {
  const about = { chunk: 'c', document: 'd', source: 'd.txt', textname: 'D', span: { start: 0, end: 1 } };
  const row = (id: string, answer: string) => ({ values: { id, question: 'Why?', answer }, about });
  const rows = [row('c/q1', 'So.'), row('c/q2', ''), row('c/q1', 'Thus.')];
  expect(checkRows(rows, FORMATS['question-answer'])).toEqual([
    'c/q2: answer is empty',
    'c/q1: has the id of another row',
  ]);
});

import type { ColumnKind, FormatDescription } from './export-formats.js';
import type { RowTurn, RowValues, TrainingRow } from './training-row.js';

/**
 * What loaders of trainers refuse, or worse, take in another way than it is meant. Pure.
 *
 * - The same columns in every row: `datasets` infers the types from the first ones.
 * - An optional system message, then strictly user and assistant in turn, the assistant last: chat templates raise an
 *   error otherwise, and LLaMA-Factory drops such a row with a warning.
 * - Contents that are text, and not empty: nothing would be trained.
 * - Text that is valid Unicode without NUL: Arrow and Parquet hold UTF-8.
 */
export function checkRow(values: RowValues, { columns, mayBeEmpty }: FormatDescription): string[] {
  const expected = Object.keys(columns).join(', ');
  const found = Object.keys(values).join(', ');
  if (found !== expected) return [`has the columns ${found} and not ${expected}`];
  return Object.entries(columns).flatMap(([name, kind]) => {
    const value = values[name];
    return kind === 'text'
      ? checkText(value, name, mayBeEmpty.includes(name))
      : checkTurns(value, name, kind, Object.keys(columns));
  });
}

/** A sentence for each row of a chunk that breaks a rule, or that has the id of another. */
export function checkRows(rows: readonly TrainingRow[], format: FormatDescription): string[] {
  const ids = new Set<string>();
  return rows.flatMap(({ values }) => {
    const faults = [...checkRow(values, format), ...(ids.has(values.id) ? ['has the id of another row'] : [])];
    ids.add(values.id);
    return faults.length === 0 ? [] : [`${values.id}: ${faults.join('; ')}`];
  });
}

function checkText(value: unknown, what: string, mayBeEmpty = false): string[] {
  if (typeof value !== 'string') return [`${what} is no text`];
  if (value.trim() === '' && !mayBeEmpty) return [`${what} is empty`];
  return /\0|\p{Surrogate}/u.test(value) ? [`${what} holds a character that is none (NUL, or half a character)`] : [];
}

const USER = ['user', 'human'];
const ASSISTANT = ['assistant', 'gpt'];

function checkTurns(
  value: unknown,
  column: string,
  { role, words }: Exclude<ColumnKind, 'text'>,
  columns: readonly string[],
): string[] {
  if (!Array.isArray(value)) return [`${column} is no list`];
  const turns = value as RowTurn[];
  const faults = turns.flatMap((turn, index) => {
    const keys = Object.keys(turn).join(', ');
    const place = `${column}, turn ${index + 1}`;
    return keys === `${role}, ${words}`
      ? checkText(turn[words], place)
      : [`${place} has ${keys} and not ${role}, ${words}`];
  });
  return [
    ...faults,
    ...checkOrder(
      turns.map((turn) => turn[role] ?? ''),
      column,
      columns,
    ),
  ];
}

function checkOrder(roles: readonly string[], column: string, columns: readonly string[]): string[] {
  // A prompt and its completion are one conversation in two columns.
  if (column === 'completion')
    return roles.length === 1 && ASSISTANT.includes(roles[0] ?? '') ? [] : [`${column} is not one answer`];
  const spoken = roles[0] === 'system' ? roles.slice(1) : roles;
  const alternate = spoken.every((role, index) => (index % 2 === 0 ? USER : ASSISTANT).includes(role));
  const lastIsUser = spoken.length % 2 === 1;
  const isWhole = spoken.length > 0 && lastIsUser === columns.includes('completion');
  return alternate && isWhole
    ? []
    : [`${column}: roles are ${roles.join(', ')}, not user and assistant in turn to the last answer`];
}

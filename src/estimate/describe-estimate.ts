import { counted, formatCount, formatDuration } from '../format.js';
import { formatMoney } from '../llm/pricing.js';
import { wrapText } from '../wrap-text.js';
import type { Estimate, EstimateLine, Range, Use } from './estimate-data.js';

/** An estimate as lines of text, for people. Pure. */
export function describeEstimate(estimate: Estimate, width: number): string[] {
  const { chunks, worthy, steps, models, total, calls, tokens, cost, unpriced, assumptions } = estimate;
  const measured = chunks.measured === 0 ? '' : `, ${formatCount(chunks.measured)} of them done already`;
  return [
    `${counted(chunks.all, 'chunk')} from ${counted(chunks.documents, 'text')}${measured}; about ${count(worthy.likely)} worthy of questions`,
    '',
    ...table(steps, total, cost !== undefined),
    ...(models.length > 1 ? ['', ...table(models, total, cost !== undefined)] : []),
    '',
    `Calls    ${rangeText(calls, count)}`,
    `Tokens   ${rangeText(tokens, count)}`,
    ...(cost === undefined ? [] : [`Money    ${rangeText(cost, formatMoney)}`]),
    ...describePaid(estimate),
    ...describeTime(estimate),
    ...describeUnpriced(unpriced, cost !== undefined),
    '',
    ...assumptions.flatMap((sentence) => wrapText(sentence, width)),
  ];
}

/** `about 1,200 (1,000 to 1,500)`; without the range where it says nothing. */
function rangeText({ low, likely, high }: Range, format: (value: number) => string): string {
  const [from, middle, to] = [low, likely, high].map(format);
  return from === to ? `${middle}` : `about ${middle} (${from} to ${to})`;
}

/** Two digits of a large number are more than is known. */
function count(value: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2);
  return formatCount(Math.round(value / 10 ** digits) * 10 ** digits);
}

function duration(seconds: number): string {
  return formatDuration(seconds * 1_000);
}

function describeTime({ chunks, seconds: { low, likely, high } }: Estimate): string[] {
  if (chunks.measured === chunks.all) return [];
  const what = chunks.measured === 0 ? '' : ' for what is left';
  return [
    `Time     about ${duration(likely)} (${duration(low)} to ${duration(high)})${what}, at the limits in the settings`,
  ];
}

function describePaid({ paid, cost }: Estimate): string[] {
  if (paid.calls === 0) return [];
  const left = cost === undefined ? '' : `; ${formatMoney(Math.max(0, cost.likely - (paid.cost ?? 0)))} still to pay`;
  const money = paid.cost === undefined ? '' : `, ${formatMoney(paid.cost)}`;
  return [`Paid     ${formatCount(paid.calls)} of these calls${money}: a run does not make them again${left}`];
}

function describeUnpriced(unpriced: readonly string[], isSome: boolean): string[] {
  if (unpriced.length === 0) return [];
  const have = `${unpriced.join(' and ')} ${unpriced.length === 1 ? 'has' : 'have'} no price`;
  return [
    `${isSome ? 'Not all money is counted' : 'No money is counted'}: ${have}. Enter it under PRICES in the settings.`,
  ];
}

const HEADS = ['calls', 'tokens in', 'of them cached', 'tokens out'];

function table(lines: readonly EstimateLine[], total: Use, hasMoney: boolean): string[] {
  const rows = [...lines, { name: 'together', ...total }];
  const cells = rows.map(({ calls, prompt, cached, completion, cost }) => [
    ...[calls, prompt, cached, completion].map(count),
    ...(hasMoney ? [cost === undefined ? '–' : formatMoney(cost)] : []),
  ]);
  const heads = [...HEADS, ...(hasMoney ? ['money'] : [])];
  const names = rows.map(({ name }) => name);
  const nameWidth = Math.max(...names.map(({ length }) => length));
  const widths = heads.map(
    (head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)) + 2,
  );
  const line = (name: string, row: readonly string[]) =>
    name.padEnd(nameWidth) + row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('');
  return [line('', heads), ...cells.map((row, index) => line(names[index] ?? '', row))];
}

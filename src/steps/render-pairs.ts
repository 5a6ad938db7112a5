import type { Pair } from '../records.js';

/** A version of a pair that was voted down, with the reasons of the votes against it. */
export interface RejectedPair {
  pair: Pair;
  reasons: string[];
}

/** The value of `{pairs}`: each question and answer between triple quotes, a blank line between pairs. */
export function renderPairs(pairs: readonly Pair[]): string {
  return pairs.map(renderPair).join('\n\n');
}

/** The value of `{siblings}`: one question a line. */
export function renderQuestions(questions: readonly string[]): string {
  return questions.map((question) => `- ${onOneLine(question)}`).join('\n');
}

/** The value of `{rejected}`: each version with a line for every reason. */
export function renderRejected(rejected: readonly RejectedPair[]): string {
  return rejected.map(({ pair, reasons }) => [renderPair(pair), ...reasons.map(renderReason)].join('\n')).join('\n\n');
}

function renderPair({ question, answer }: Pair): string {
  return `Question: """${question}"""\nAnswer: """${answer}"""`;
}

function renderReason(reason: string): string {
  return `Rejected because: ${onOneLine(reason)}`;
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

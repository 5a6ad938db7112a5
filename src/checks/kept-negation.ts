import { wholeAnswer } from './carried-pairs.js';
import { forEachExchange } from './dialogue.js';
import { countNegations } from './negations.js';
import { sameStem, type Reading, type Word } from './words.js';

/** English needs a helping verb to deny: "He carried", "He did not carry". */
const HELPING_VERBS: ReadonlySet<string> = new Set(['do', 'does', 'did']);

/** Rule 2: an answer that denies still denies. */
export const keepsNegation = forEachExchange((exchange) => {
  const { answer, answered } = exchange;
  const lost = negates(answer.text) && !negates(answered.said.text);
  return lost ? `${wholeAnswer(exchange)}: the negation is missing.` : undefined;
});

/**
 * Rule 2: no negation stands between words that follow one another in the answer ("The dome was never moved").
 * A speaker's own words may deny what they like ("No, not at all: ...").
 */
export const addsNoNegation = forEachExchange((exchange) => {
  const { question, answer, answered } = exchange;
  if (negates(`${question.text}\n${answer.text}`)) return undefined;
  const own = new Set(answer.words.map(({ plain }) => plain));
  const added = answered.said.words.find(
    (word, at) => negates(word.plain) && !own.has(word.plain) && isInserted(answered.said.words, at, answer),
  );
  return added && `${wholeAnswer(exchange)} without denying it: "${added.written}" is not in it.`;
});

function isInserted(said: Word[], at: number, answer: Reading): boolean {
  const before = said.slice(0, at).findLast(({ plain }) => !HELPING_VERBS.has(plain));
  const after = said[at + 1];
  return before !== undefined && after !== undefined && followsIn(answer.words, before, after);
}

/** Next to each other, or with one word between them that the negation may have taken in (`was`, `wasn't`). */
function followsIn(words: Word[], before: Word, after: Word): boolean {
  return words.some(
    (word, at) =>
      sameStem(word.plain, before.plain) &&
      words.slice(at + 1, at + 3).some(({ plain }) => sameStem(plain, after.plain)),
  );
}

function negates(text: string): boolean {
  return countNegations(text) > 0;
}

import { wholeAnswer } from './carried-pairs.js';
import { excerpt } from './split-turns.js';
import { forEachExchange } from './dialogue.js';
import { countInnerNegations, countNegations, isNegation, replyOf, withoutIdleNegations } from './negations.js';
import { sameWord } from './word-forms.js';
import { isLight, read, type Reading, type Word } from './words.js';

/** English needs a helping verb to deny: "He carried", "He did not carry". */
const HELPING_VERBS: ReadonlySet<string> = new Set(['do', 'does', 'did']);

/** A negation and what it denies stand at most so many words apart in an answer ... */
const SCOPE = 4;
/** ... and in a turn, where a gesture or an aside may come between. */
const SPOKEN_SCOPE = 8;

/** Rule 2: what an answer denies is still denied, a question that denies still does so, and Yes and No stay. */
export const keepsNegation = forEachExchange((exchange) => {
  const { question, answer, asked, answered } = exchange;
  if (turnsReply(answer.text, answered.said.text)) {
    return `${wholeAnswer(exchange)}: it must ${replyOf(answer.text) === 'no' ? 'deny' : 'affirm'} what is asked.`;
  }
  const lost = lostNegation(answer, answered.said);
  if (lost !== undefined) return `${wholeAnswer(exchange)}: the negation is missing${lost && ` before "${lost}"`}.`;
  return countNegations(question.text) > 0 && countNegations(asked.said.text) === 0
    ? `Turn ${asked.number} must ask "${excerpt(question.text)}": the negation is missing.`
    : undefined;
});

/**
 * Rule 2: no negation stands between words that follow one another in the answer ("The dome was never moved").
 * A speaker's own words may deny what they like ("No, not at all: ...").
 */
export const addsNoNegation = forEachExchange((exchange) => {
  const { answer, answered } = exchange;
  const own = new Set(answer.words.map(({ plain }) => plain));
  const added = answered.said.words.find(
    (word, at) => isNegation(word.plain) && !own.has(word.plain) && isInserted(answered.said.words, at, answer),
  );
  return added && `${wholeAnswer(exchange)} without denying it: "${added.written}" is not in it.`;
});

function turnsReply(answer: string, said: string): boolean {
  const [due, given] = [replyOf(answer), replyOf(said)];
  return due !== undefined && given !== undefined && due !== given;
}

/** What is no longer denied: a word of the answer, '' where none stands beside its negation. */
function lostNegation(answer: Reading, said: Reading): string | undefined {
  if (countInnerNegations(answer.text) > countInnerNegations(said.text)) return '';
  const [own, spoken] = [read(withoutIdleNegations(answer.text)).words, read(withoutIdleNegations(said.text)).words];
  const used = new Set<number>();
  const lost = own.findIndex((word, at) => {
    if (!isNegation(word.plain)) return false;
    const place = spoken.findIndex((_, index) => !used.has(index) && denies(spoken, index, deniedBy(own, at)));
    used.add(place);
    return place < 0;
  });
  return lost < 0 ? undefined : (deniedBy(own, lost)?.word.written ?? '');
}

/** What a negation denies: the next telling word of its sentence or, where it stands last, the one before it. */
function deniedBy(words: Word[], at: number): { word: Word; follows: boolean } | undefined {
  const after = restOfSentence(words, at, SCOPE).find(tells);
  const word = after ?? words.slice(Math.max(0, at - SCOPE), at).findLast(tells);
  return word && { word, follows: word === after };
}

function tells({ plain }: Word): boolean {
  return !isLight(plain) && !isNegation(plain);
}

/** Whether the word at `at` is a negation that denies this. */
function denies(spoken: Word[], at: number, denied: { word: Word; follows: boolean } | undefined): boolean {
  if (!isNegation(spoken[at]?.plain ?? '')) return false;
  if (!denied) return true;
  const scope = denied.follows ? restOfSentence(spoken, at, SPOKEN_SCOPE) : spoken.slice(0, at);
  return scope.some((word) => sameWord(word.plain, denied.word.plain));
}

/** The words behind a word in its sentence, at most `most` of them. */
function restOfSentence(words: Word[], at: number, most: number): Word[] {
  const rest = words.slice(at + 1, at + 1 + most);
  const end = rest.findIndex(({ opens }) => opens);
  return end < 0 ? rest : rest.slice(0, end);
}

function isInserted(said: Word[], at: number, answer: Reading): boolean {
  const before = said.slice(0, at).findLast(({ plain }) => !HELPING_VERBS.has(plain));
  const after = said[at + 1];
  return before !== undefined && after !== undefined && followsIn(answer.words, before, after);
}

/** Next to each other, or with one word between them that the negation may have taken in (`was`, `wasn't`). */
function followsIn(words: Word[], before: Word, after: Word): boolean {
  return words.some((word, at) => {
    const next = words.slice(at + 1, at + 3);
    const follows = next.findIndex(({ plain }) => sameWord(plain, after.plain));
    return (
      sameWord(word.plain, before.plain) &&
      follows >= 0 &&
      !next.slice(0, follows).some(({ plain }) => isNegation(plain))
    );
  });
}

import { forEachExchange, type Exchange } from './dialogue.js';
import { numbersIn } from './numbers.js';
import { excerpt } from './split-turns.js';
import { contentWords, joinReadings, missing, overlap, read, sentencesOf, type Reading, type Word } from './words.js';

/** An answer is given almost word for word: lead-ins and connecting words come on top and take nothing away. */
const ANSWER_OVERLAP = 0.6;
/** The words that only the answer brings. A vague reply repeats the question's words and lacks these. */
const NEW_WORDS_OVERLAP = 0.6;
/** Each sentence and list item of an answer must be there, or a long answer could lose its end unnoticed. */
const SENTENCE_OVERLAP = 0.5;
/** A question may be put in other words. */
const QUESTION_OVERLAP = 0.4;
/** Another pair's own words, in such a share, mean that the turn carries that pair instead. */
const OTHER_PAIR_OVERLAP = 0.6;
/** An answer of so few content words may leave those that the question turn has just said to that turn. */
const SHORT_ANSWER_WORDS = 5;
/** So many content words of an answer in a row are a clause: it may not be left out. */
const CLAUSE_WORDS = 4;
/** A sentence of fewer content words ("Yes, it does.") is not looked for by itself. */
const SENTENCE_WORDS = 2;

/** Rule 2, for questions. */
export const asksTheQuestion = forEachExchange(({ question, asked }, others) => {
  const own = contentWords(question);
  const stray = others.find((other) => carriesOther(asked.said, question, other.question));
  if (overlap(own, asked.said) >= QUESTION_OVERLAP && !stray) return undefined;
  const instead = stray ? `, not "${excerpt(stray.question.text)}"` : '';
  return `Turn ${asked.number} must ask "${excerpt(question.text)}"${instead}.`;
});

/** Rule 2, for answers: most of their words, also of those that the question does not hold. */
export const givesTheAnswer = forEachExchange((exchange) => {
  const { question, answer, answered } = exchange;
  const own = contentWords(answer);
  const fresh = missing(own, question);
  const told = fresh.length > 0 || bringsNumber(answer, question) ? fresh : own;
  const given =
    overlap(own, carrierOf(exchange)) >= ANSWER_OVERLAP && overlap(told, answered.said) >= NEW_WORDS_OVERLAP;
  return given ? undefined : `${wholeAnswer(exchange)}: ${missingWords(missing(own, answered.said))}.`;
});

/** Rule 2: no sentence, list item or clause of an answer is left out. */
export const givesEveryPart = forEachExchange((exchange) => {
  const sentence = lostSentence(exchange);
  if (sentence !== undefined) return `${wholeAnswer(exchange)}: "${excerpt(sentence)}" is missing.`;
  const clause = lostClause(exchange);
  return clause && `${wholeAnswer(exchange)}: ${missingWords(clause)}.`;
});

/** Rule 2: answers that have most words in common must not change places. */
export const givesNoOtherAnswer = forEachExchange((exchange, others) => {
  const stray = others.find((other) => carriesOther(exchange.answered.said, exchange.answer, other.answer));
  return stray && `${wholeAnswer(exchange)}, not to "${excerpt(stray.question.text)}".`;
});

export function bothTurnsOf({ asked, answered }: Exchange): Reading {
  return joinReadings([asked.said, answered.said]);
}

/** How every reason for a deficient answer begins. */
export function wholeAnswer({ question, answered }: Exchange): string {
  return `Turn ${answered.number} must give the whole answer to "${excerpt(question.text)}"`;
}

/** Whether a turn fits the words that only `other` has better than those that only `own` has. */
function carriesOther(said: Reading, own: Reading, other: Reading): boolean {
  const ownOnly = missing(contentWords(own), other);
  const otherOnly = missing(contentWords(other), own);
  if (ownOnly.length === 0 || otherOnly.length === 0) return false;
  const share = overlap(otherOnly, said);
  return share >= OTHER_PAIR_OVERLAP && share > overlap(ownOnly, said);
}

/** Where all that an answer adds is a number, the rule on numbers looks after it. */
function bringsNumber(answer: Reading, question: Reading): boolean {
  const asked = new Set(numbersIn(question.text));
  return numbersIn(answer.text).some((number) => !asked.has(number));
}

/** "It is Harrow." gives "The capital of the province is Harrow." where the question turn has said the rest. */
function carrierOf(exchange: Exchange): Reading {
  const short = contentWords(exchange.answer).length <= SHORT_ANSWER_WORDS;
  return short ? bothTurnsOf(exchange) : exchange.answered.said;
}

function lostSentence(exchange: Exchange): string | undefined {
  const carrier = carrierOf(exchange);
  return sentencesOf(exchange.answer.text).find((sentence) => {
    const words = contentWords(read(sentence));
    return words.length >= SENTENCE_WORDS && overlap(words, carrier) < SENTENCE_OVERLAP;
  });
}

function lostClause(exchange: Exchange): Word[] | undefined {
  const carrier = carrierOf(exchange);
  const words = contentWords(exchange.answer);
  return words
    .map((_, start) => words.slice(start, start + CLAUSE_WORDS))
    .find((clause) => clause.length === CLAUSE_WORDS && overlap(clause, carrier) === 0);
}

function missingWords(lost: Word[]): string {
  const most = 5;
  const words = lost.slice(0, most).map(({ written }) => `"${written}"`);
  return `${words.join(', ')} ${words.length === 1 ? 'is' : 'are'} missing`;
}

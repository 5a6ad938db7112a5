import { forEachExchange, type Exchange } from './dialogue.js';
import { excerpt } from './split-turns.js';
import { contentWords, missing, overlap, read, sentencesOf, type Reading, type Word } from './words.js';

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
  const given = overlap(own, answered.said) >= ANSWER_OVERLAP && overlap(fresh, answered.said) >= NEW_WORDS_OVERLAP;
  return given ? undefined : `${wholeAnswer(exchange)}: ${missingWords(missing(own, answered.said))}.`;
});

/** Rule 2: no sentence, list item or clause of an answer is left out. */
export const givesEveryPart = forEachExchange((exchange) => {
  const { answer, answered } = exchange;
  const sentence = lostSentence(answer, answered.said);
  if (sentence !== undefined) return `${wholeAnswer(exchange)}: "${excerpt(sentence)}" is missing.`;
  const clause = lostClause(answer, answered.said);
  return clause && `${wholeAnswer(exchange)}: ${missingWords(clause)}.`;
});

/** Rule 2: answers that have most words in common must not change places. */
export const givesNoOtherAnswer = forEachExchange((exchange, others) => {
  const stray = others.find((other) => carriesOther(exchange.answered.said, exchange.answer, other.answer));
  return stray && `${wholeAnswer(exchange)}, not to "${excerpt(stray.question.text)}".`;
});

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

function lostSentence(answer: Reading, said: Reading): string | undefined {
  return sentencesOf(answer.text).find((sentence) => {
    const words = contentWords(read(sentence));
    return words.length >= SENTENCE_WORDS && overlap(words, said) < SENTENCE_OVERLAP;
  });
}

function lostClause(answer: Reading, said: Reading): Word[] | undefined {
  const words = contentWords(answer);
  return words
    .map((_, start) => words.slice(start, start + CLAUSE_WORDS))
    .find((clause) => clause.length === CLAUSE_WORDS && overlap(clause, said) === 0);
}

function missingWords(lost: Word[]): string {
  const most = 5;
  const words = lost.slice(0, most).map(({ written }) => `"${written}"`);
  return `${words.join(', ')} ${words.length === 1 ? 'is' : 'are'} missing`;
}

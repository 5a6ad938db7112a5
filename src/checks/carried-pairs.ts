import { forEachExchange, type Exchange } from './dialogue.js';
import { areEqualWords } from './equal-words.js';
import { isNegation, isReply } from './negations.js';
import { isNumberWord, numbersIn } from './numbers.js';
import { sourceMentions } from './source-talk.js';
import { excerpt } from './split-turns.js';
import { LIMITING_WORDS } from './stop-words.js';
import {
  carries,
  contentWords,
  isLight,
  joinReadings,
  missing,
  overlap,
  read,
  type Reading,
  type Word,
} from './words.js';

/** A question may be put in other words. */
const QUESTION_OVERLAP = 0.4;
/** Only an answer of so few words may leave all that the question has said to the question. */
const SHORT_ANSWER_WORDS = 5;
/** Of a longer one, and of one that has no words but the question's, this share must be said anyway. */
const SAID_OVERLAP = 0.6;
/** Another pair's own words, in such a share, mean that the turn carries that pair instead. */
const OTHER_PAIR_OVERLAP = 0.6;

/** Rule 2, for questions. */
export const asksTheQuestion = forEachExchange(({ question, asked }, others) => {
  const own = contentWords(question);
  const stray = others.find((other) => carriesOther(asked.said, question, other.question));
  if (overlap(own, asked.said) >= QUESTION_OVERLAP && !stray) return undefined;
  const instead = stray ? `, not "${excerpt(stray.question.text)}"` : '';
  return `Turn ${asked.number} must ask "${excerpt(question.text)}"${instead}.`;
});

/**
 * Rule 2, for answers: every word that says something is there, in this or another form. The question's words may be
 * left to the question ("The capital of the province is Harrow": "It is Harrow").
 */
export const givesTheAnswer = forEachExchange((exchange) => {
  const lost = lostWords(exchange);
  return lost.length > 0 ? `${wholeAnswer(exchange)}: ${missingWords(lost, exchange.answer)}.` : undefined;
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

/**
 * The words of an answer that have to be said. Numbers and negations have rules of their own, `Yes` may be `Indeed`, and
 * "the text suggests" is better left out. An answer that has no other words ("No.") has to be said with these.
 */
function tellingWords(answer: Reading): Word[] {
  const ofSource = joinReadings(sourceMentions(answer.text).map(read));
  const words = answer.words.filter((word) => tells(word.plain) && !carries(ofSource, word));
  return words.length > 0 || numbersIn(answer.text).length > 0 ? words : contentWords(answer);
}

function tells(plain: string): boolean {
  if (/\p{N}/u.test(plain) || isNumberWord(plain) || isNegation(plain) || isReply(plain)) return false;
  return !isLight(plain) || LIMITING_WORDS.has(plain);
}

function lostWords({ question, answer, answered }: Exchange): Word[] {
  const told = tellingWords(answer);
  const lost = told.filter((word) => !isSaid(word, answer, answered.said));
  const echoes = missing(told, question).length === 0 && !bringsNumber(answer, question);
  const leansOnQuestion = told.length <= SHORT_ANSWER_WORDS && !echoes;
  if (!leansOnQuestion && overlap(told, answered.said) < SAID_OVERLAP) return lost;
  return lost.filter((word) => !carries(question, word) || isReplaced(word, answer, answered.said));
}

/** `under` may stand for `below`, but not where the answer itself says both: "under 12 years, below 30 ml". */
function isSaid(word: Word, answer: Reading, said: Reading): boolean {
  const own = new Set(answer.words.map(({ plain }) => plain));
  const heard = said.words.filter(
    ({ plain }) => plain === word.plain || !own.has(plain) || !areEqualWords(plain, word.plain),
  );
  return carries({ ...said, words: heard }, word);
}

/** Whether another word that is not the answer's stands between the neighbours that this one has in the answer. */
function isReplaced(word: Word, answer: Reading, said: Reading): boolean {
  const at = answer.words.indexOf(word);
  const [before, after] = [answer.words[at - 1]?.plain, answer.words[at + 1]?.plain];
  return said.words.some(
    (other, place) =>
      said.words[place - 1]?.plain === before &&
      said.words[place + 1]?.plain === after &&
      tells(other.plain) &&
      !carries(answer, other),
  );
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

function missingWords(lost: Word[], answer: Reading): string {
  const most = 4;
  const phrases = phrasesOf(lost, answer).map((phrase) => `"${phrase}"`);
  return `${phrases.slice(0, most).join(', ')} ${phrases.length === 1 ? 'is' : 'are'} missing`;
}

/** Words that stand beside each other in the answer are one phrase. */
function phrasesOf(words: Word[], answer: Reading): string[] {
  const phrases: string[] = [];
  for (const word of words) {
    const before = answer.words[answer.words.indexOf(word) - 1];
    const joins = before !== undefined && words.includes(before);
    if (joins) phrases.push(`${phrases.pop() ?? ''} ${word.written}`);
    else phrases.push(word.written);
  }
  return phrases;
}

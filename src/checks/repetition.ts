import { firstReason, forEachExchange, type Dialogue, type Exchange, type Rule, type SpokenTurn } from './dialogue.js';
import { findDigits, numbersIn } from './numbers.js';
import { excerpt } from './split-turns.js';
import { contentWords, joinReadings, missing, overlap, read, sentencesOf, timesIn, type Reading } from './words.js';

/** An answer counts as said twice when this share of its own words stands there twice. */
const TWICE_OVERLAP = 0.8;
/** From so many own words on, an early answer is told by them alone. */
const OWN_WORDS = 4;
/** With fewer, an answer of this length must stand there almost whole; a shorter one is told by numbers and names. */
const WHOLE_ANSWER_WORDS = 2;
/** A later answer counts as given when this share of its own words is there. */
const EARLY_OVERLAP = 0.8;
/** A sentence of fewer words ("That is right.") may be said again. */
const REPEATED_SENTENCE_WORDS = 4;
/** A character may say so few words twice for their weight ("Nobody knows, lad. Nobody knows."). */
const EMPHATIC_WORDS = 3;

/** Rule 3: a turn does not give its answer, or any sentence, a second time. */
export const saysNothingTwice = forEachExchange(({ question, answer, answered }, _, { assistant }) => {
  const { number, said } = answered;
  const mayInsist = !assistant && answer.words.length <= EMPHATIC_WORDS && numbersIn(answer.text).length === 0;
  const twice = !mayInsist && (saysWordsTwice(question, answer, said) || saysStringTwice(said, answer));
  if (twice) return `Turn ${number} gives its answer twice: give it once.`;
  const repeated = repeatedSentence(said, answer);
  return repeated && `Turn ${number} says "${excerpt(repeated)}" twice: say it once.`;
});

/** Rule 3: no answer is given before its question is asked. */
export const givesNoAnswerEarly: Rule = (dialogue) =>
  firstReason(dialogue.exchanges, (exchange) =>
    firstReason(turnsBefore(exchange, dialogue), ({ turn, known }) =>
      givesAway(turn.said, exchange.answer, known)
        ? `Turn ${turn.number} gives the answer to "${excerpt(exchange.question.text)}" before it is asked.`
        : undefined,
    ),
  );

interface EarlierTurn {
  turn: SpokenTurn;
  /** What this turn may rightly say. */
  known: Reading;
}

/** The turns up to the question turn of an exchange, and that turn itself. */
function turnsBefore(exchange: Exchange, { opener, exchanges }: Dialogue): EarlierTurn[] {
  const at = exchanges.indexOf(exchange);
  const earlier = exchanges.slice(0, at).flatMap((before, index) => {
    const known = everythingIn([...exchanges.slice(0, index + 1), { ...exchange, answer: before.answer }]);
    return [
      { turn: before.asked, known },
      { turn: before.answered, known },
    ];
  });
  const start = opener ? [{ turn: opener, known: exchange.question }] : [];
  const asked = {
    turn: exchange.asked,
    known: joinReadings([everythingIn(exchanges.slice(0, at)), exchange.question]),
  };
  return [...start, ...earlier, asked];
}

function everythingIn(exchanges: Exchange[]): Reading {
  return joinReadings(exchanges.flatMap(({ question, answer }) => [question, answer]));
}

/** Whether `said` holds the answer's own words or, of a short answer, its numbers and names: beyond what it may know. */
function givesAway(said: Reading, answer: Reading, known: Reading): boolean {
  const whole = contentWords(answer);
  const own = missing(whole, known);
  if (own.length >= OWN_WORDS) return overlap(own, said) >= EARLY_OVERLAP;
  if (overlap(own, said) < 1) return false;
  if (own.length > 0 && whole.length >= WHOLE_ANSWER_WORDS && overlap(whole, said) >= EARLY_OVERLAP) return true;
  const ownNumbers = notIn(numbersIn(answer.text), known);
  const ownNames = own.filter(({ written, opens }) => !opens && /^\p{Lu}/u.test(written));
  return ownNumbers.length + ownNames.length > 0 && notIn(ownNumbers, said).length === 0;
}

function notIn(numbers: string[], reading: Reading): string[] {
  const there = new Set(numbersIn(reading.text));
  return numbers.filter((number) => !there.has(number));
}

/** Whether the words and numbers that only the answer brings stand twice as often as in the answer. */
function saysWordsTwice(question: Reading, answer: Reading, said: Reading): boolean {
  const words = missing(contentWords(answer), question);
  const doubledWords = words.filter((word) => timesIn(said, word) >= 2 * Math.max(1, timesIn(answer, word)));
  const numbers = [...new Set(notIn(digitsIn(answer), question))];
  const [wanted, spoken] = [digitsIn(answer), digitsIn(said)];
  const doubledNumbers = numbers.filter((number) => timesAmong(spoken, number) >= 2 * timesAmong(wanted, number));
  const own = words.length + numbers.length;
  return own > 0 && doubledWords.length + doubledNumbers.length >= own * TWICE_OVERLAP;
}

function saysStringTwice(said: Reading, answer: Reading): boolean {
  if (answer.joined === '') return false;
  const line = said.words.map(({ plain }) => plain).join(' ');
  const wanted = answer.words.map(({ plain }) => plain).join(' ');
  return ` ${line.replaceAll(' ', '  ')} `.split(` ${wanted.replaceAll(' ', '  ')} `).length > 2;
}

function repeatedSentence(said: Reading, answer: Reading): string | undefined {
  const seen = new Set<string>();
  for (const sentence of sentencesOf(said.text)) {
    const { joined, words } = read(sentence);
    const inAnswer = answer.joined.split(joined).length - 1;
    if (seen.has(joined) && inAnswer < 2) return sentence;
    if (words.length >= REPEATED_SENTENCE_WORDS) seen.add(joined);
  }
  return undefined;
}

function timesAmong(values: string[], value: string): number {
  return values.filter((one) => one === value).length;
}

function digitsIn(reading: Reading): string[] {
  return findDigits(reading.text).map(({ value }) => value);
}

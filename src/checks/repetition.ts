import { firstReason, forEachExchange, type Dialogue, type Exchange, type Rule, type SpokenTurn } from './dialogue.js';
import { numbersIn } from './numbers.js';
import { excerpt } from './split-turns.js';
import { contentWords, missing, overlap, read, sentencesOf, type Reading, type Word } from './words.js';

/** An answer counts as said twice when this share of its own words stands there twice. */
const TWICE_OVERLAP = 0.8;
/** From so many own words on, repetition is told by words; a shorter answer must be repeated as it stands. */
const OWN_WORDS = 4;
/** So few are told by the rest of the answer, which must stand there, too; fewer still by numbers and names alone. */
const FEW_OWN_WORDS = 2;
/** A later answer counts as given when this share of its own words is there. */
const EARLY_OVERLAP = 0.8;
/** A sentence of fewer words ("That is right.") may be said again. */
const REPEATED_SENTENCE_WORDS = 4;

/** Rule 3: a turn does not give its answer, or any sentence, a second time. */
export const saysNothingTwice = forEachExchange(({ question, answer, answered }) => {
  const { number, said } = answered;
  const twice = saysWordsTwice(missing(contentWords(answer), question), said, answer) || saysStringTwice(said, answer);
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
    known: read(`${everythingIn(exchanges.slice(0, at)).text}\n${exchange.question.text}`),
  };
  return [...start, ...earlier, asked];
}

function everythingIn(exchanges: Exchange[]): Reading {
  return read(exchanges.map(({ question, answer }) => `${question.text}\n${answer.text}`).join('\n'));
}

/** Whether `said` holds the answer's own words or, of a short answer, its numbers and names: beyond what it may know. */
function givesAway(said: Reading, answer: Reading, known: Reading): boolean {
  const own = missing(contentWords(answer), known);
  if (own.length >= OWN_WORDS) return overlap(own, said) >= EARLY_OVERLAP;
  if (overlap(own, said) < 1) return false;
  if (own.length >= FEW_OWN_WORDS && overlap(contentWords(answer), said) >= EARLY_OVERLAP) return true;
  const ownNumbers = notIn(numbersIn(answer.text), known);
  const ownNames = own.filter(({ written, opens }) => !opens && /^\p{Lu}/u.test(written));
  return ownNumbers.length + ownNames.length > 0 && notIn(ownNumbers, said).length === 0;
}

function notIn(numbers: string[], reading: Reading): string[] {
  const there = new Set(numbersIn(reading.text));
  return numbers.filter((number) => !there.has(number));
}

function saysWordsTwice(words: Word[], said: Reading, answer: Reading): boolean {
  if (words.length < OWN_WORDS) return false;
  const doubled = words.filter(({ plain }) => timesIn(said, plain) >= 2 * Math.max(1, timesIn(answer, plain)));
  return doubled.length >= words.length * TWICE_OVERLAP;
}

function saysStringTwice(said: Reading, answer: Reading): boolean {
  if (answer.joined === '') return false;
  const line = said.words.map(({ plain }) => plain).join(' ');
  const wanted = answer.words.map(({ plain }) => plain).join(' ');
  return ` ${line.replaceAll(' ', '  ')} `.split(` ${wanted.replaceAll(' ', '  ')} `).length > 2;
}

function repeatedSentence(said: Reading, answer: Reading): string | undefined {
  const sentences = sentencesOf(said.text).map((text) => ({ text, key: read(text) }));
  const seen = new Set<string>();
  for (const { text, key } of sentences) {
    if (seen.has(key.joined) && !answer.joined.includes(key.joined + key.joined)) return text;
    if (key.words.length >= REPEATED_SENTENCE_WORDS) seen.add(key.joined);
  }
  return undefined;
}

function timesIn(reading: Reading, plain: string): number {
  return reading.words.filter((word) => word.plain === plain).length;
}

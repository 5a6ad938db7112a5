import { bothTurnsOf, wholeAnswer } from './carried-pairs.js';
import { forEachExchange, turnsOf, type Dialogue, type Exchange, type SpokenTurn } from './dialogue.js';
import { findDigits, findNumbers, numbersIn, withoutListMarkers } from './numbers.js';
import { excerpt } from './split-turns.js';
import {
  carries,
  contentWords,
  isLight,
  joinedLetters,
  joinReadings,
  read,
  sentencesOf,
  type Reading,
  type Word,
} from './words.js';

/** A sentence with this share of its words from the pair speaks of the pair's matter, any other is the speaker's own. */
const PAIR_MATTER = 0.5;
/** A name may take a short ending (`Berlin`, `Berlins`). */
const NAME_ENDING_LETTERS = 2;
const NAME_STEM_LETTERS = 4;

const QUOTED = /“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|»([^«\n]+)«|「([^」]+)」|『([^』]+)』|"([^"\n]+)"|`([^`\n]+)`/gu;
/** `in 1852 men` names no unit. */
const YEAR = /^[12]\d{3}$/;
const CURRENCY = /\p{Sc}/gu;

/** Rule 2: the numbers of a pair stand in its exchange, in digits or in words; a question may lean on earlier turns. */
export const keepsNumbers = forEachExchange((exchange, _, dialogue) => {
  const { question, answer, asked, answered } = exchange;
  const asks = missingNumbers(question, saidUntil(asked, dialogue));
  if (asks.length > 0) return `Turn ${asked.number} must ask "${excerpt(question.text)}": "${asks[0]}" is missing.`;
  const lost = missingNumbers(answer, [asked.said, answered.said]);
  return lost.length > 0 ? `${wholeAnswer(exchange)}: "${lost[0]}" is missing.` : undefined;
});

/** Rule 2: what is said of the pair's matter holds no number from elsewhere ("1,482, so about 1,500"). */
export const addsNoNumber = forEachExchange((exchange, _, { exchanges }) => {
  const { question, answer, asked, answered } = exchange;
  const before = exchanges.slice(0, exchanges.indexOf(exchange)).flatMap((one) => [one.question, one.answer]);
  return (
    alienNumber(asked, exchange, [...before, question], 'question') ??
    alienNumber(answered, exchange, [...before, question, answer], 'pair')
  );
});

/** Rule 2: quoted terms, currency signs and names of the answer stand in its exchange. */
export const keepsNames = forEachExchange((exchange) => {
  const { answer } = exchange;
  const said = bothTurnsOf(exchange);
  const lost =
    quotedIn(answer.text).find((term) => !said.joined.includes(joinedLetters(term))) ??
    answer.text.match(CURRENCY)?.find((sign) => !said.text.includes(sign)) ??
    namesIn(answer).find((name) => !holdsName(said, name))?.written;
  return lost === undefined ? undefined : `${wholeAnswer(exchange)}: "${lost}" is missing.`;
});

/** Rule 2: no other name or unit stands where one of the pair stood ("5 km", "5 miles"). */
export const replacesNoName = forEachExchange((exchange) => {
  const { question, answer, asked, answered } = exchange;
  const known = joinReadings([question, answer]);
  const given = replacedWord(answer, answered.said, known);
  if (given) return `${wholeAnswer(exchange)}: it says "${given.instead}", not "${given.word}".`;
  const asks = replacedWord(question, asked.said, known);
  return asks && `Turn ${asked.number} must ask about "${asks.word}", not "${asks.instead}".`;
});

function saidUntil(turn: SpokenTurn, dialogue: Dialogue): Reading[] {
  return turnsOf(dialogue)
    .filter(({ number }) => number <= turn.number)
    .map(({ said }) => said);
}

function missingNumbers(carrier: Reading, said: Reading[]): string[] {
  const present = new Set(said.flatMap(({ text }) => numbersIn(text)));
  const own = findNumbers(withoutListMarkers(carrier.text));
  return own.filter(({ value }) => !present.has(value)).map(({ written }) => written);
}

function alienNumber(turn: SpokenTurn, exchange: Exchange, known: Reading[], place: string): string | undefined {
  const values = new Set(known.flatMap(({ text }) => numbersIn(text)));
  const alien = findDigits(matterOf(turn.said, exchange)).find(({ value }) => !values.has(value));
  return alien && `Turn ${turn.number} must leave out "${alien.written}": it is not in its ${place}.`;
}

/** The sentences that speak of what the pair is about. */
function matterOf(said: Reading, exchange: Exchange): string {
  const sentences = sentencesOf(withoutListMarkers(said.text));
  return sentences.filter((sentence) => isPairMatter(sentence, exchange)).join('\n');
}

function isPairMatter(sentence: string, { question, answer }: Exchange): boolean {
  const words = contentWords(read(sentence));
  const shared = words.filter((word) => carries(answer, word) || carries(question, word));
  return shared.length > 0 && shared.length >= words.length * PAIR_MATTER;
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([whole, ...groups]) => groups.find((group) => group !== undefined) ?? whole);
}

/** Capitalised words within a sentence, and words that mix letters and digits (`H2O`). */
function namesIn(reading: Reading): Word[] {
  return reading.words.filter(
    ({ written, opens, plain }) =>
      (/^\p{Lu}/u.test(written) && !opens && !isLight(plain)) || /^\p{L}+\p{N}/u.test(written),
  );
}

function holdsName(reading: Reading, name: Word): boolean {
  return reading.words.some(({ plain }) => sameName(plain, name.plain));
}

function sameName(left: string, right: string): boolean {
  if (left === right) return true;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return (
    short.length >= NAME_STEM_LETTERS && long.startsWith(short) && long.length - short.length <= NAME_ENDING_LETTERS
  );
}

/**
 * A name or unit of the carrier is gone, and beside its neighbour stands one that the pair does not know. A word that
 * is said elsewhere has to be replaced between both of its neighbours.
 */
function replacedWord(carrier: Reading, said: Reading, known: Reading): { word: string; instead: string } | undefined {
  for (const [at, word] of carrier.words.entries()) {
    if (!isNameOrUnit(carrier.words, at)) continue;
    const after = besideOf(said, carrier.words[at - 1], -1, known);
    const before = besideOf(said, carrier.words[at + 1], 1, known);
    const between = after === before ? after : undefined;
    const instead = carries(said, word) ? between : (after ?? before);
    if (instead) return { word: word.written, instead: instead.written };
  }
  return undefined;
}

/** The unknown name or unit that has `neighbour` before it (`side` -1) or after it (1) in `said`. */
function besideOf(said: Reading, neighbour: Word | undefined, side: -1 | 1, known: Reading): Word | undefined {
  return said.words.find(
    (word, at) =>
      neighbour !== undefined &&
      said.words[at + side]?.plain === neighbour.plain &&
      isNameOrUnit(said.words, at) &&
      !carries(known, word),
  );
}

/** A word with a capital letter, or behind a number that is no year. */
function isNameOrUnit(words: Word[], at: number): boolean {
  const word = words[at];
  if (!word || isLight(word.plain) || /\p{N}/u.test(word.plain)) return false;
  const before = words[at - 1]?.plain ?? '';
  return /^\p{Lu}/u.test(word.written) || (/^\p{N}/u.test(before) && !YEAR.test(before));
}

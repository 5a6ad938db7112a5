import { bothTurnsOf, wholeAnswer } from './carried-pairs.js';
import { forEachExchange } from './dialogue.js';
import { isNumberWord } from './numbers.js';
import { carries, isLight, joinedLetters, joinReadings, type Reading, type Word } from './words.js';

/** A name may take a short ending (`Berlin`, `Berlins`). */
const NAME_ENDING_LETTERS = 2;
const NAME_STEM_LETTERS = 4;

const QUOTED = /“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|»([^«\n]+)«|「([^」]+)」|『([^』]+)』|"([^"\n]+)"|`([^`\n]+)`/gu;
/** `in 1852 men` names no unit. */
const YEAR = /^[12]\d{3}$/;
/** Paths, flags, file names and identifiers: what is typed cannot be put in other words. */
const TYPED = /(?<![^\s"'`“‘(])(?=[!-~]*(?:[\\/_~]|--|[a-z]\.[a-z]{2}))[!-~]{4,}/gu;
const TRAILING_MARKS = /[.,;:!?)"'`]+$/u;

/** Rule 2: quoted terms, what is typed and names of the answer stand in its exchange. */
export const keepsNames = forEachExchange((exchange) => {
  const { answer } = exchange;
  const said = bothTurnsOf(exchange);
  const lost =
    quotedIn(answer.text).find((term) => !said.joined.includes(joinedLetters(term))) ??
    typedIn(answer.text).find((term) => !said.text.includes(term)) ??
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

function quotedIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([whole, ...groups]) => groups.find((group) => group !== undefined) ?? whole);
}

function typedIn(text: string): string[] {
  return (text.match(TYPED) ?? []).map((term) => term.replace(TRAILING_MARKS, ''));
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
    const between = after?.plain === before?.plain ? after : undefined;
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
  return /^\p{Lu}/u.test(word.written) || isNumberWord(before) || (/^\p{N}/u.test(before) && !YEAR.test(before));
}

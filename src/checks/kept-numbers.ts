import { wholeAnswer } from './carried-pairs.js';
import { forEachExchange, turnsOf, type Dialogue, type Exchange, type SpokenTurn } from './dialogue.js';
import {
  findDigits,
  findNumbers,
  isNumberWord,
  numbersIn,
  withoutEnumeration,
  withoutListMarkers,
  type FoundNumber,
} from './numbers.js';
import { withoutGestures } from './speech.js';
import { excerpt } from './split-turns.js';
import { sameWord } from './word-forms.js';
import { carries, contentWords, isLight, missing, read, sentencesOf, type Reading, type Word } from './words.js';

/** A sentence with this share of its words from the pair speaks of the pair's matter, any other is the speaker's own. */
const PAIR_MATTER = 0.5;
/** So many words behind a number what it counts must come: "50 long miles". */
const COUNTED_WITHIN = 3;

/**
 * Rule 2: the numbers of an answer are said as often as they stand in it, in digits or in words; those of the question
 * may be left to the question, and the question may lean on earlier turns.
 */
export const keepsNumbers = forEachExchange((exchange, _, dialogue) => {
  const { question, answer, asked, answered } = exchange;
  const [unasked] = missingNumbers(question.text, numbersIn(saidUntil(asked, dialogue)));
  if (unasked) return `Turn ${asked.number} must ask "${excerpt(question.text)}": "${unasked.written}" is missing.`;
  const given = new Set(numbersIn(question.text));
  const leftToQuestion = numbersIn(asked.said.text).filter((number) => given.has(number));
  const lost = lostNumber(answer.text, [...numbersIn(answered.said.text), ...leftToQuestion]);
  return lost && `${wholeAnswer(exchange)}: "${lost.written}" is missing.`;
});

/** Rule 2: a number stays with what it counts ("four harbours"), where this is said at all. */
export const keepsCounted = forEachExchange((exchange) => {
  const { answer, answered } = exchange;
  const said = read(withoutGestures(answered.said.text));
  const torn = answer.words.findIndex((number, at) => {
    const counted = answer.words[at + 1];
    if (!counted || !isNumber(number) || isNumber(counted) || isLight(counted.plain) || counted.opens) return false;
    return has(said, number) && carries(said, counted) && !stayTogether(number, counted, said);
  });
  const [number, counted] = answer.words.slice(torn);
  return torn < 0 ? undefined : `${wholeAnswer(exchange)}: "${number?.written} ${counted?.written}" is missing.`;
});

/** Rule 2: no number comes from elsewhere ("1,482, so about 1,500"); in words only where it is said of the pair's matter. */
export const addsNoNumber = forEachExchange((exchange, _, { exchanges }) => {
  const { question, answer, asked, answered } = exchange;
  const before = exchanges.slice(0, exchanges.indexOf(exchange)).flatMap((one) => [one.question, one.answer]);
  const known = [...before, question].flatMap(({ text }) => numbersIn(text));
  const inQuestion = findDigits(matterOf(asked.said.text, exchange, () => true));
  const speech = withoutEnumeration(withoutGestures(answered.said.text));
  const inAnswer = [...findDigits(speech), ...findNumbers(matterOf(speech, exchange, tellsAnswer))];
  return (
    alienNumber(inQuestion, known, asked, 'question') ??
    alienNumber(inAnswer, [...known, ...numbersIn(answer.text)], answered, 'pair')
  );
});

function isNumber({ plain }: Word): boolean {
  return /^\p{N}/u.test(plain) || isNumberWord(plain);
}

function has({ words }: Reading, { plain }: Word): boolean {
  return words.some((word) => word.plain === plain);
}

function stayTogether(number: Word, counted: Word, { words }: Reading): boolean {
  return words.some(
    ({ plain }, at) =>
      plain === number.plain &&
      words.slice(at + 1, at + 1 + COUNTED_WITHIN).some((word) => sameWord(word.plain, counted.plain)),
  );
}

function saidUntil(turn: SpokenTurn, dialogue: Dialogue): string {
  const turns = turnsOf(dialogue).filter(({ number }) => number <= turn.number);
  return turns.map(({ said }) => said.text).join('\n');
}

function missingNumbers(text: string, present: string[]): FoundNumber[] {
  return findNumbers(withoutListMarkers(text)).filter(({ value }) => !present.includes(value));
}

/** The first number that is present less often than the text has it. */
function lostNumber(text: string, present: string[]): FoundNumber | undefined {
  const left = [...present];
  return findNumbers(withoutListMarkers(text)).find(({ value }) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function alienNumber(found: FoundNumber[], known: string[], turn: SpokenTurn, place: string): string | undefined {
  const alien = found.find(({ value }) => !known.includes(value));
  return alien && `Turn ${turn.number} must leave out "${alien.written}": it is not in its ${place}.`;
}

/** The sentences that speak of what the pair is about. A lead-in may count what follows ("Three reasons: ..."). */
function matterOf(text: string, exchange: Exchange, tells: (sentence: Reading, exchange: Exchange) => boolean): string {
  const sentences = sentencesOf(text).flatMap((sentence) => sentence.split(/(?<=[:：])\s/u));
  return sentences
    .filter((sentence) => isPairMatter(read(sentence), exchange) && tells(read(sentence), exchange))
    .join('\n');
}

function isPairMatter(sentence: Reading, { question, answer }: Exchange): boolean {
  const words = contentWords(sentence);
  const shared = words.filter((word) => carries(answer, word) || carries(question, word));
  return shared.length > 0 && shared.length >= words.length * PAIR_MATTER;
}

/** Whether a sentence holds words that only the answer brings. A lead-in counts what follows ("Three reasons: ..."). */
function tellsAnswer(sentence: Reading, { question, answer }: Exchange): boolean {
  if (/[:：]\s*$/u.test(sentence.text)) return false;
  return missing(contentWords(answer), question).some((word) => carries(sentence, word));
}

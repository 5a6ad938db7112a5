import { wholeAnswer } from './carried-pairs.js';
import { firstReason, forEachExchange } from './dialogue.js';
import { isNumberWord } from './numbers.js';
import { isLight, type Reading, type Word } from './words.js';

/** Words closer than this change places with the grammar: "clay-filled barges", "barges filled with clay". Numbers do not. */
const WORDS_APART = 4;

/** What stands left and right of such a word is not the same the other way round: "larger than", "the ratio of ... to". */
const ONE_WAY: ReadonlySet<string> = new Set(['to', 'than', 'into', 'als']);

/** Small words that stand before any word: articles and helping verbs. */
const IDLE_LEADS: ReadonlySet<string> = new Set(
  (
    'a an the and or is are was were has have had der die das den dem des ein eine einen einem einer und ist sind war ' +
    'le la les un une des du et est el los las una y il lo gli i e o os as de het een en'
  ).split(' '),
);

/** The telling words and numbers of a text, in order. */
interface Line {
  facts: string[];
  written: string[];
  /** Where each stands among all words. */
  places: number[];
  /** The small word in front of each, '' where there is none. */
  leads: string[];
}

/**
 * Rule 2: two facts of an answer do not change places ("64 % iron and 36 % nickel", "36 % iron and 64 % nickel").
 * A phrase that moves as a whole takes its neighbours along, so that it is left alone.
 */
export const exchangesNoFacts = forEachExchange((exchange) => {
  const own = lineOf(exchange.answer);
  const said = lineOf(exchange.answered.said, new Set(own.facts));
  const once = own.facts.filter((fact) => isOnce(fact, own) && isOnce(fact, said));
  return (
    firstReason(turnedPairs(once, said), ([one, other]) =>
      isSwapped(one, other, own, said) || swapsLeads(one, other, own, said)
        ? `${wholeAnswer(exchange)}: "${writtenIn(own, one)}" and "${writtenIn(own, other)}" have changed places.`
        : undefined,
    ) ??
    firstReason(ONE_WAY, (link) =>
      isReversed(link, exchange.answer, exchange.answered.said)
        ? `${wholeAnswer(exchange)}: what stands before and behind "${link}" has changed places.`
        : undefined,
    )
  );
});

function lineOf({ words }: Reading, known?: ReadonlySet<string>): Line {
  const at = words.flatMap(({ plain }, index) => ((known ? known.has(plain) : !isLight(plain)) ? [index] : []));
  return {
    facts: at.map((index) => words[index]?.plain ?? ''),
    written: at.map((index) => words[index]?.written ?? ''),
    places: at,
    leads: at.map((index) => leadOf(words, index)),
  };
}

function leadOf(words: Word[], index: number): string {
  const before = words[index - 1];
  return before && isLight(before.plain) ? before.plain : '';
}

function isOnce(fact: string, { facts }: Line): boolean {
  return facts.indexOf(fact) >= 0 && facts.indexOf(fact) === facts.lastIndexOf(fact);
}

/** The pairs of facts that stand the other way round in what is said. */
function turnedPairs(facts: string[], said: Line): [string, string][] {
  const places = facts.map((fact) => said.facts.indexOf(fact));
  return facts.flatMap((one, at) =>
    facts.flatMap((other, place): [string, string][] =>
      place > at && (places[place] ?? 0) < (places[at] ?? 0) ? [[one, other]] : [],
    ),
  );
}

function writtenIn({ facts, written }: Line, fact: string): string {
  return written[facts.indexOf(fact)] ?? fact;
}

/** On one side at least, each stands by what only the other stood by, and on neither side by its own. */
function isSwapped(one: string, other: string, own: Line, said: Line): boolean {
  const areNumbers = isNumber(one) && isNumber(other);
  if (!areNumbers && placeIn(own, other) - placeIn(own, one) < WORDS_APART) return false;
  if (leadIn(own, one) !== leadIn(own, other) && (keepsLead(one, own, said) || keepsLead(other, own, said)))
    return false;
  const sides = [-1, 1].map((step) => sideOf(one, other, own, said, step));
  return sides.includes('swapped') && !sides.includes('kept');
}

type Side = 'swapped' | 'kept' | undefined;

/** Walks away from both until the words differ: these two tell which of the facts stands here. */
function sideOf(one: string, other: string, own: Line, said: Line, step: number): Side {
  const [start, end] = [own.facts.indexOf(one), own.facts.indexOf(other)];
  let away = step;
  while (own.facts[start + away] !== undefined && own.facts[start + away] === own.facts[end + away]) away += step;
  const marks = [own.facts[start + away], own.facts[end + away]];
  if (marks.every((mark) => mark === undefined) || marks.includes(one) || marks.includes(other)) return undefined;
  const [byOne, byOther] = [one, other].map((fact) => nearest(fact, marks, said, step));
  if (byOne === marks[1] && byOther === marks[0]) return 'swapped';
  return byOne === marks[0] && byOther === marks[1] ? 'kept' : undefined;
}

function nearest(fact: string, marks: (string | undefined)[], { facts }: Line, step: number): string | undefined {
  const at = facts.indexOf(fact);
  const side = step < 0 ? facts.slice(0, at).toReversed() : facts.slice(at + 1);
  return side.find((one) => marks.includes(one));
}

/** `in her study` has moved with its small word. Those of numbers tell nothing. */
function keepsLead(fact: string, own: Line, said: Line): boolean {
  const lead = leadIn(own, fact);
  return lead !== '' && !IDLE_LEADS.has(lead) && !isNumber(fact) && leadIn(said, fact) === lead;
}

/** "its base while the rim", "its rim while the base". */
function swapsLeads(one: string, other: string, own: Line, said: Line): boolean {
  const [first, second] = [leadIn(own, one), leadIn(own, other)];
  if (first === '' || second === '' || first === second) return false;
  return leadIn(said, one) === second && leadIn(said, other) === first;
}

function isNumber(fact: string): boolean {
  return /\p{N}/u.test(fact) || isNumberWord(fact);
}

function placeIn({ facts, places }: Line, fact: string): number {
  return places[facts.indexOf(fact)] ?? 0;
}

function leadIn({ facts, leads }: Line, fact: string): string {
  return leads[facts.indexOf(fact)] ?? '';
}

/** Whether the words next to a one-way word come from its other side. Words of both sides tell nothing. */
function isReversed(link: string, answer: Reading, said: Reading): boolean {
  const [own, now] = [sidesOf(link, answer), sidesOf(link, said)];
  if (!own || !now) return false;
  const before = own.before.filter((word) => !own.after.includes(word));
  const after = own.after.filter((word) => !own.before.includes(word));
  const known = [...before, ...after];
  const stays = own.before.at(-1);
  const left = now.before.findLast((word) => known.includes(word) && word !== stays) ?? '';
  const right = now.after.find((word) => known.includes(word)) ?? '';
  return after.includes(left) && before.includes(right);
}

/** The telling words before and behind a word that stands once. */
function sidesOf(link: string, { words }: Reading): { before: string[]; after: string[] } | undefined {
  const at = words.findIndex(({ plain }) => plain === link);
  if (at < 0 || words.slice(at + 1).some(({ plain }) => plain === link)) return undefined;
  const telling = (some: Word[]) => some.map(({ plain }) => plain).filter((plain) => !isLight(plain));
  return { before: telling(words.slice(0, at)), after: telling(words.slice(at + 1)) };
}

import { wordAlone } from './found-verdict.js';
import type { PhraseReader } from './phrase.js';
import { plainLine } from './plain-line.js';
import { ANY_NEGATION, NEGATION, NOT_ONLY } from './verdict-wording.js';

/** What somebody says who takes back what stands above. */
const RETRACTION =
  /^[^\p{L}]*(?:(?:oh|ah|hm+|but|so|and|well|no)[,.!… ]+)?(?:wait|correction|corrected|update|edit|oops|sorry|hold on|on (?:further )?reflection|on second thoughts?|(?:up)?on (?:closer|a closer|second|review)|in hindsight|let me (?:re|correct|fix|revise)|actually,? (?:no|yes|it|this|that))(?!\p{L})|^[^\p{L}]*let me re\p{L}+|\b(?:scratch|strike|ignore|disregard|forget) (?:that|this|the above|my)\b|\bI (?:was|am|stand) (?:wrong|mistaken|corrected)\b|\bI (?:misread|misjudged|made an? (?:mistake|error)|take (?:that|it|this) back|(?:have )?changed? my mind)\b|\bmy (?:mistake|bad)\b/iu;
const CONCLUSION =
  /^[^\p{L}]*(?:so|therefore|thus|hence|overall|in conclusion|actually|rather|instead|in fact|it|this|(?:the|this) (?:question|answer|paragraph|text|passage|chunk|pair))(?!\p{L})/iu;
const TURN = /^[^\p{L}]*(?:but|yet|however|except|nevertheless|nonetheless|unless)(?!\p{L})/iu;
/** Something is amiss, unless it is denied: `nothing is wrong`. */
const FAULT =
  /\b(?:wrong|incorrect|untrue|false|mistaken|unsupported|unfounded|unanswerable|unanswered|invented|fabricated|contradict(?:s|ed|ing)?|missing|differs?|(?:this|it|which|answer|question|pair) (?:therefore |thus )?(?:fails|failed))\b/giu;
const DENIED_MERIT =
  /\b(?:(?:is|are|was|were)(?: not|n't)|not) (?:fully |really |actually )?(?:supported|stated|found|given|backed|correct|right|true|in the text|answered|answerable)\b|\b(?:cannot|can ?not|can't|does not|doesn't) (?:be )?(?:answer|support|back)(?:s|ed)?\b/iu;
/** `Irrelevant additions: none.` */
const NONE_AFTER = /^[^:.;,]*:\s*(?:none|nothing|no)[^\p{L}]*$/iu;
/** The lines of a pair speak of its subject: `Question: Why did the pump fail?` */
const PAIR_LINE = /^[^\p{L}]*(?:\p{L}+ )?(?:question|answer)\s*:/iu;
const QUOTED = /["“„«][^"“”„«»]*["”“»]/gu;

/** True if a line behind the verdict is another one, concludes with another one, or takes the verdict back. */
export function isTakenBack<Word extends string>(line: string, verdict: Word, read: PhraseReader<Word>): boolean {
  const alone = wordAlone(line, read);
  return (alone !== undefined && alone !== verdict) || isWeakened(line, verdict, read);
}

/** True if the words that go with a verdict take it back: `ACCURATE (one claim is unsupported, so this fails)`. */
export function isWeakened<Word extends string>(line: string, verdict: Word, read: PhraseReader<Word>): boolean {
  if (sentences(line).some((sentence) => speaksAgainst(sentence, verdict, read))) return true;
  return verdict === read.faultless && sentences(line.replace(QUOTED, ' ')).some(hasFault);
}

function sentences(line: string): string[] {
  return plainLine(line).split(/(?<=[.!?;])\s+/);
}

function speaksAgainst<Word extends string>(sentence: string, verdict: Word, read: PhraseReader<Word>): boolean {
  if (RETRACTION.test(sentence)) return true;
  const said = read(sentence);
  if (said === verdict) return false;
  if (verdict !== read.faultless) {
    const concludes = CONCLUSION.test(sentence) && said !== undefined && said !== 'unclear';
    return concludes || namesOther(sentence, verdict, read, /\p{Lu}{4,}/gu);
  }
  if (said !== undefined && (said !== 'unclear' || CONCLUSION.test(sentence))) return true;
  return TURN.test(sentence) || (!PAIR_LINE.test(sentence) && namesOther(sentence, verdict, read, /[\p{L}-]{4,}/gu));
}

function hasFault(sentence: string): boolean {
  if (PAIR_LINE.test(sentence)) return false;
  if (DENIED_MERIT.test(sentence)) return true;
  return [...sentence.matchAll(FAULT)].some(({ index }) => !isDenied(sentence.slice(0, index)));
}

/** True if one of the words is another verdict, or this one denied. A reason for a no may speak of what is accurate, though not in capitals. */
function namesOther<Word extends string>(
  sentence: string,
  verdict: Word,
  read: PhraseReader<Word>,
  words: RegExp,
): boolean {
  return [...sentence.matchAll(words)].some(({ 0: word, index }) => {
    const said = read(word);
    if (said === undefined || NONE_AFTER.test(sentence.slice(index))) return false;
    return (said === verdict) === isDenied(sentence.slice(0, index));
  });
}

/** Whether the clause so far denies what comes next; `no` before a comma is an answer. */
function isDenied(before: string): boolean {
  const clauses = before
    .replace(/^[^\p{L}]*no\s*[,.!–—-]/iu, '')
    .split(/[.;:!?(\n–—]|,\s*(?=(?:so|but|yet|it|this|that|the|and|which|one)\b)/iu);
  const clause = clauses.at(-1) ?? '';
  if (NOT_ONLY.test(clause) || /\b(?:doubt|deny|denied)/i.test(clause)) return false;
  return NEGATION.test(clause) || ANY_NEGATION.test(clause);
}

import type { Verdict } from '../../records.js';
import type { Parsed } from '../step.js';
import { unusable, usable } from '../step.js';
import { cleanReply, cutText, echoesPrompt, unwrapFences } from './clean.js';
import { isRecord, jsonValues, stringUnder } from './json.js';
import type { PhraseReader, VerdictWords } from './phrase.js';
import { twoWayReader } from './phrase.js';
import { labelledLines, plainLine, type LabelledLine } from './verdict-label.js';

/** Enough for six lines of notes; they are handed on to the step that writes a better question. */
export const REASON_LENGTH = 1000;

/** A verdict line with more words than this holds a reason, too. */
const BARE_VERDICT_WORDS = 6;

interface FoundVerdict<Word extends string> {
  verdict: Word;
  /** The reply without its verdict lines, or the other strings of a JSON reply. */
  notes: string;
  /** Where a pair may be found: the same, or the JSON reply as it is. */
  body: string;
}

/** Reads the vote of a check: notes, and one of two words. */
export function readVerdict<Word extends string>(reply: string, words: VerdictWords<Word>): Parsed<Verdict<Word>> {
  const form = `Write short notes, then one last line: "Verdict: ${upper(words.yes)}" or "Verdict: ${upper(words.no)}".`;
  const found = findVerdict(reply, twoWayReader(words), form);
  return found.ok ? usable({ verdict: found.value.verdict, reason: cutText(found.value.notes, REASON_LENGTH) }) : found;
}

/**
 * Looks for a verdict in this order: on labelled lines, the last one wins; as JSON; alone on its line; at the start of
 * the reply; in a concluding last sentence. `form` tells the model what to write if there is none.
 */
export function findVerdict<Word extends string>(
  reply: string,
  read: PhraseReader<Word>,
  form: string,
): Parsed<FoundVerdict<Word>> {
  const text = unwrapFences(cleanReply(reply), /^/);
  if (text === '') return unusable(`The reply was empty. ${form}`);
  if (echoesPrompt(text)) return unusable(`The reply repeats the tagged material. ${form}`);
  const found = anyVerdict(text, read);
  if (found === undefined) return unusable(`There is no verdict in the reply. ${form}`);
  if (found === 'unclear') return unusable(`The verdict can be read in more than one way. ${form}`);
  return usable(found);
}

type Found<Word extends string> = FoundVerdict<Word> | 'unclear' | undefined;

function anyVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  if (text.startsWith('{')) return jsonVerdict(text, read) ?? labelledVerdict(text, read);
  return labelledVerdict(text, read) ?? jsonVerdict(text, read) ?? unlabelledVerdict(text, read);
}

function labelledVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  const lines = text.split('\n');
  const labels = labelledLines(lines).map((label) => ({ ...label, verdict: readSection(label, read) }));
  const last = labels.findLast(({ verdict, binding }) => verdict !== undefined || binding);
  if (last === undefined) return undefined;
  if (last.verdict === undefined || last.verdict === 'unclear') return 'unclear';
  // A verdict at the end of a note may be on that one claim only.
  const contradicted = labels.some(({ verdict }) => verdict !== undefined && verdict !== last.verdict);
  if (last.before !== '' && contradicted) return 'unclear';
  const byLine = new Map(labels.map((label) => [label.index, label]));
  const rest = lines.map((line, index) => restOfLine(line, byLine.get(index)));
  return withNotes(last.verdict, rest, read);
}

/** The verdict stands behind its label, or below if there is nothing behind it. */
function readSection<Word extends string>(
  { phrase, below, binding }: LabelledLine,
  read: PhraseReader<Word>,
): Word | 'unclear' | undefined {
  const behind = read(phrase);
  if (behind !== undefined || (binding && /\p{L}/u.test(phrase))) return behind;
  return read(below.find((line) => line !== '') ?? '') ?? read(below.join(' '));
}

function restOfLine(line: string, label: LabelledLine | undefined): string {
  if (label === undefined) return line;
  return label.phrase.split(/\s+/).length > BARE_VERDICT_WORDS ? line : label.before;
}

function withNotes<Word extends string>(
  verdict: Word,
  lines: readonly string[],
  read: PhraseReader<Word>,
): FoundVerdict<Word> {
  const notes = lines
    .filter((line) => wordAlone(line, read) === undefined)
    .join('\n')
    .trim();
  return { verdict, notes, body: notes };
}

function jsonVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  for (const value of jsonValues(text)) {
    const phrase = isRecord(value) ? stringUnder(value, /verdict|judge?ment|determination|^decision$/i) : undefined;
    const verdict = phrase === undefined ? undefined : read(phrase);
    if (verdict === undefined || !isRecord(value)) continue;
    return verdict === 'unclear' ? 'unclear' : { verdict, notes: otherStrings(value, phrase), body: text };
  }
  return undefined;
}

function otherStrings(value: Record<string, unknown>, verdict: string | undefined): string {
  const strings = Object.values(value)
    .flat()
    .filter((inner): inner is string => typeof inner === 'string' && inner !== verdict);
  return strings.join('\n').trim();
}

function unlabelledVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const first = lines[0] ?? '';
  const last = lines.at(-1) ?? '';
  if (wordAlone(last, read) !== undefined) return agreeing(lines, last, read);
  if (wordFirst(first, read)) return agreeing(lines, first, read);
  const sentence = lastSentence(last);
  if (!CONCLUSION.test(sentence)) return undefined;
  return agreeing([...lines.slice(0, -1), last.slice(0, last.length - sentence.length), sentence], sentence, read);
}

/** The verdict on its line, if no other line speaks against it. */
function agreeing<Word extends string>(lines: readonly string[], line: string, read: PhraseReader<Word>): Found<Word> {
  const verdict = read(plainLine(line));
  if (verdict === undefined) return undefined;
  if (verdict === 'unclear') return 'unclear';
  const others = lines.filter((other) => other !== line).map((other) => read(plainLine(other)));
  if (others.some((other) => other !== undefined && other !== verdict)) return 'unclear';
  return withNotes(verdict, lines, read);
}

/** The verdict of a line that holds nothing else: `**Not suitable.**` */
function wordAlone<Word extends string>(line: string, read: PhraseReader<Word>): Word | 'unclear' | undefined {
  const plain = plainLine(line);
  return /^\W*(?:[\w'-]+\W+){0,2}[\w'-]+\W*$/.test(plain) && !/[:,?]/.test(plain) ? read(plain) : undefined;
}

/** True for `Irrelevant. The text gives no length.`, not for a sentence that happens to hold the word. */
function wordFirst<Word extends string>(line: string, read: PhraseReader<Word>): boolean {
  const opening = /^\W*((?:[\w'-]+\s+){0,2}[\w'-]+)\s*(?:$|[.,;:!(\u2010-\u2015-]|\b(?:because|since|as)\b)/i.exec(
    plainLine(line),
  );
  return opening?.[1] !== undefined && read(opening[1]) !== undefined;
}

function lastSentence(line: string): string {
  return line.split(/(?<=[.!?])\s+/).at(-1) ?? '';
}

/** How a sentence begins that judges the whole. */
const CONCLUSION =
  /^\W*(?:therefore|thus|hence|so|overall|in conclusion|in summary|consequently|accordingly|i (?:judge|find|consider|rate|deem)|(?:the|this) (?:[\w-]+ )?(?:question|answer|paragraph|text|passage|chunk|pair))\b/i;

function upper(word: string): string {
  return word.toUpperCase();
}

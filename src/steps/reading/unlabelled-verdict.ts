import { withNotes, wordAlone, type Found } from './found-verdict.js';
import type { PhraseReader } from './phrase.js';
import { plainLine } from './plain-line.js';
import { isTakenBack, isWeakened } from './taken-back.js';

/** How a sentence begins that judges the whole. */
const CONCLUSION =
  /^[^\p{L}]*(?:therefore|thus|hence|so|overall|in conclusion|in summary|consequently|accordingly|i (?:judge|find|consider|rate|deem)|(?:the|this) (?:[\p{L}-]+ )?(?:question|answer|paragraph|text|passage|chunk|pair))(?!\p{L})/iu;
const CONCLUDING_WORDS = /\b(?:making it|(?:final|overall) (?:judge?ment|verdict|assessment|evaluation)\b.*\bis)\b/i;
/** What is conceded is not claimed: `although it is relevant in topic, ...`. */
const CONCEDED = /\b(?:even )?(?:although|though|while|despite|even if)\b[^.;\n]*?,/gi;

/** The verdict of a reply that announces none: alone on the last line, at the start, or in the last sentence. */
export function unlabelledVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  const lines = text.split('\n').filter((line) => /\p{L}/u.test(plainLine(line)));
  const first = lines[0] ?? '';
  const last = lines.at(-1) ?? '';
  if (wordAlone(last, read) !== undefined) return agreeing(lines, last, read);
  if (wordFirst(first, read)) return agreeing(lines, first, read);
  const sentence = lastSentence(last);
  const concludes = CONCLUSION.test(sentence) || CONCLUDING_WORDS.test(sentence);
  if (!concludes && sentence !== text) return undefined;
  const found = agreeing(
    [...lines.slice(0, -1), last.slice(0, last.length - sentence.length), sentence],
    sentence,
    read,
  );
  // A single sentence that leaves it open is a refusal, or talk of something else.
  return concludes || found !== 'unclear' ? found : undefined;
}

/** The verdict on its line, if no other line speaks against it. */
function agreeing<Word extends string>(lines: readonly string[], line: string, read: PhraseReader<Word>): Found<Word> {
  const verdict = read(plainLine(line));
  if (verdict === undefined) return undefined;
  if (verdict === 'unclear') return 'unclear';
  const others = lines.filter((other) => other !== line).map((other) => read(plainLine(other).replace(CONCEDED, ' ')));
  if (others.some((other) => other !== undefined && other !== verdict)) return 'unclear';
  if (isWeakened(line, verdict, read)) return 'unclear';
  const below = lines.slice(lines.indexOf(line) + 1);
  if (below.some((other) => isTakenBack(other, verdict, read))) return 'unclear';
  return withNotes(verdict, lines, read);
}

const OPENING_WORDS =
  /^[^\p{L}\p{N}]*((?:[\p{L}\p{N}'-]+\s+){0,2}[\p{L}\p{N}'-]+)\s*(?:$|[.,;:!(\u2010-\u2015-]|\b(?:because|since|as)\b)/iu;

/** True for `Irrelevant. The text gives no length.`, not for a sentence that happens to hold the word. */
function wordFirst<Word extends string>(line: string, read: PhraseReader<Word>): boolean {
  const opening = OPENING_WORDS.exec(plainLine(line))?.[1];
  return opening !== undefined && read(opening) !== undefined;
}

function lastSentence(line: string): string {
  return line.split(/(?<=[.!?])\s+/).at(-1) ?? '';
}

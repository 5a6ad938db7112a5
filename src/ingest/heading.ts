import { foldBlanks } from './fold-blanks.js';
import type { PhysicalLine } from './physical-lines.js';

/** Longer lines are prose. */
const LONGEST_HEADING = 100;
const MOST_WORDS = 12;
/** Words below this length (of, and, the, der, les) stay in lower case inside titles. */
const SHORTEST_TITLE_WORD = 4;

const MARKDOWN_HEADING = /^#{1,6}\s+(.*?)[\s#]*$/;
const UNDERLINE = /^(?:={3,}|-{3,})$/;
const EMPHASIS = /[_*]{1,3}(?=\S)|(?<=\S)[_*]{1,3}/g;
const PART = new RegExp(
  String.raw`^(?:chapter|part|book|volume|section|appendix|act|scene|lesson|unit|kapitel|teil|abschnitt|anhang|chapitre|partie|annexe|cap[ií]tulo|parte|ap[ée]ndice|capitolo|глава|часть|раздел)\s+(?:[ivxlcdm]+|\d+|[a-z])(?!\p{L})`,
  'iu',
);
const CHINESE_PART = /^第[\d〇一二三四五六七八九十百千零]+[章节節回卷部篇編]/;
const ENUMERATOR = /^(?:\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]|\d+(?:\.\d+)+\.?)\s+/i;
const SENTENCE_END = /[.,;:!?…。！？][\p{Pe}\p{Pf}"']*$/u;

/**
 * The heading that a line is, without its marks: a Markdown heading, or a short line between blank ones that reads like a
 * title (`1. INTRODUCTION`, `CHAPTER IV`, `(a) Tools`, `Feeding the Bees`).
 */
export function headingText(line: PhysicalLine): string | undefined {
  if (line.words.length > LONGEST_HEADING) return undefined;
  const markdown = MARKDOWN_HEADING.exec(line.words)?.[1];
  if (markdown !== undefined) return plain(markdown) || undefined;
  if (!line.blankBefore || !line.blankAfter) return undefined;
  const words = plain(line.words);
  return readsLikeTitle(words) ? words : undefined;
}

/** The heading that `title` is by the line of `===` or `---` under it. */
export function underlinedHeading(title: PhysicalLine | undefined, line: PhysicalLine): string | undefined {
  if (title === undefined || !title.blankBefore || title.blankAfter || title.words.length > LONGEST_HEADING)
    return undefined;
  return UNDERLINE.test(line.words) && /\p{L}/u.test(title.words) ? plain(title.words) : undefined;
}

function plain(words: string): string {
  return foldBlanks(words.replace(EMPHASIS, ''));
}

function readsLikeTitle(words: string): boolean {
  if (CHINESE_PART.test(words)) return !SENTENCE_END.test(words);
  if (PART.test(words)) return !SENTENCE_END.test(words.replace(PART, '').slice(1));
  const title = words.replace(ENUMERATOR, '');
  return /^["“‘«„]?\p{Lu}/u.test(title) && !SENTENCE_END.test(title) && isTitleCase(title.split(' '));
}

function isTitleCase(words: string[]): boolean {
  return (
    words.length <= MOST_WORDS && words.every((word) => word.length < SHORTEST_TITLE_WORD || !/^\p{Ll}/u.test(word))
  );
}

import { mentionsSource } from '../../checks/source-talk.js';
import { RecentMap } from '../../recent.js';

/** Words that carry no subject of their own: a noun phrase ends before them. */
const FUNCTION_WORDS = new Set(
  (
    'a an the this that these those my your his her its our their some any each every all both no none many most several few ' +
    'of in on at by for with from to into onto under over between through during before after above below near along across against among around behind beside beyond within without upon toward towards until since per via ' +
    'and or but nor so yet if then than as because while when where who whom whose which what why how though although unless whether ' +
    'i you he she it we they me him them us one ones there here ' +
    'is are was were be been being am do does did done has have had having can could may might must shall should will would ' +
    'not only also too very more less much just even still again often never always about such other same own ' +
    'went came took gave made got saw said found kept left held began grew stood rose fell became knew thought told sent brought wrote ran led lost met put set cut let go goes come comes take takes make makes give gives'
  ).split(' '),
);

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Sentences whose words are kept, since each is looked at several times. */
const TEXTS_KEPT = 2_000;
const words = new RecentMap<string, readonly string[]>(TEXTS_KEPT);

/** The words of a text in any language, in lower case. */
export function wordsOf(text: string): readonly string[] {
  const known = words.get(text);
  if (known !== undefined) return known;
  const segments = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike);
  const found = segments.map(({ segment }) => segment.toLowerCase());
  words.set(text, found);
  return found;
}

/** The same as asking `wordsOf`, but a paragraph is not read to its end. */
export function hasFewerWords(text: string, count: number): boolean {
  let found = 0;
  for (const { isWordLike } of segmenter.segment(text)) {
    if (isWordLike) found += 1;
    if (found >= count) return false;
  }
  return true;
}

const SOURCE_WORDS = /\b(?:text|passage|paragraph|excerpt)s?\b/i;

/** Questions and answers must not speak of where they come from, so what does is no good for them. */
export function speaksOfSource(text: string): boolean {
  return SOURCE_WORDS.test(text) || mentionsSource(text) !== undefined;
}

export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase());
}

/** Words and what stands between them: together the text. */
export function segmentsOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** How much of the shorter of two sets of words stands in the other, from 0 to 1. */
export function sharedPart(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  const [small, large] = first.size <= second.size ? [first, second] : [second, first];
  if (small.size === 0) return 0;
  return [...small].filter((word) => large.has(word)).length / small.size;
}

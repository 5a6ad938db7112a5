import type { Found } from './found-verdict.js';
import { innerValues, isRecord, jsonSpans } from './json.js';
import type { PhraseReader } from './phrase.js';
import { plainLine } from './plain-line.js';
import { isWeakened } from './taken-back.js';

const VERDICT_KEY = /verdict|judge?ment|determination|correction|^(?:decision|final|corrected|revised|updated?)$/i;
const MERIT = /^(?:is |all )?(?:correct|right|true|valid|supported|answerable|pass(?:e[sd])?)$/i;
const YES_OR_NO = /^(?:yes|no|true|false)$/i;

/** The verdict of the JSON in a text, if there is only one: verdicts in a list are on single claims. */
export function jsonVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  const values = [...jsonSpans(text)].map(({ value }) =>
    Array.isArray(value) && value.length === 1 ? value[0] : value,
  );
  return onlyOne(values.map((value) => verdictIn(value, text, read)));
}

/** The text without the JSON that speaks of verdicts, whose lines would look like labelled ones. */
export function withoutVerdictJson(text: string): string {
  const spans = [...jsonSpans(text)].filter(({ value }) => speaksOfVerdict(value));
  return spans.reduceRight((rest, { start, end }) => `${rest.slice(0, start)}\n${rest.slice(end)}`, text).trim();
}

/** What every key that speaks of the verdict says, here and in the objects inside, if it is the same. */
function verdictIn<Word extends string>(value: unknown, text: string, read: PhraseReader<Word>): Found<Word> {
  if (!isRecord(value)) return undefined;
  const own = verdictPhrases(value).map((phrase): Found<Word> => {
    const verdict = read(plainLine(phrase));
    if (verdict === undefined) return undefined;
    if (verdict === 'unclear') return 'unclear';
    if (isWeakened(phrase, verdict, read)) return 'unclear';
    return { verdict, notes: otherStrings(value, phrase), parts: [text] };
  });
  const found = onlyOne([...own, ...innerValues(value).map((inner) => verdictIn(inner, text, read))]);
  const denied = typeof found === 'object' && found.verdict === read.faultless && deniesMerit(value);
  return denied ? 'unclear' : found;
}

/** The strings under the keys of a verdict, and answered keys as words: `"is_accurate": false`. */
function verdictPhrases(value: Record<string, unknown>): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (YES_OR_NO.test(String(inner))) return [`${keyWords(key)}: ${String(inner)}`];
    return VERDICT_KEY.test(key) && typeof inner === 'string' ? [inner] : [];
  });
}

/** `"correct": false` goes with no good verdict. */
function deniesMerit(value: Record<string, unknown>): boolean {
  return Object.entries(value).some(
    ([key, inner]) => MERIT.test(keyWords(key)) && /^(?:no|false)$/i.test(String(inner)),
  );
}

function keyWords(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ');
}

function onlyOne<Word extends string>(found: readonly Found<Word>[]): Found<Word> {
  const [first, ...others] = found.filter((each) => each !== undefined);
  if (first === undefined || first === 'unclear') return first;
  return others.every((other) => other !== 'unclear' && other.verdict === first.verdict) ? first : 'unclear';
}

function otherStrings(value: Record<string, unknown>, verdict: string | undefined): string {
  const strings = Object.values(value)
    .flat()
    .filter((inner): inner is string => typeof inner === 'string' && inner !== verdict);
  return strings.join('\n').trim();
}

/** The lines below the last JSON that speaks of a verdict. */
export function afterVerdictJson(text: string): string[] {
  const last = [...jsonSpans(text)].findLast(({ value }) => speaksOfVerdict(value));
  return last === undefined ? [] : text.slice(last.end).split('\n');
}

function speaksOfVerdict(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(speaksOfVerdict);
  if (!isRecord(value)) return false;
  return Object.keys(value).some((key) => VERDICT_KEY.test(key)) || innerValues(value).some(speaksOfVerdict);
}

import type { Found } from './found-verdict.js';
import { innerValues, isRecord, jsonSpans, stringUnder } from './json.js';
import type { PhraseReader } from './phrase.js';
import { plainLine } from './plain-line.js';

const VERDICT_KEY = /verdict|judge?ment|determination|^decision$/i;
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

function verdictIn<Word extends string>(value: unknown, text: string, read: PhraseReader<Word>): Found<Word> {
  if (!isRecord(value)) return undefined;
  const phrase = stringUnder(value, VERDICT_KEY) ?? answeredKey(value, read);
  const verdict = phrase === undefined ? undefined : read(plainLine(phrase));
  if (verdict === 'unclear') return 'unclear';
  if (verdict !== undefined) return { verdict, notes: otherStrings(value, phrase), parts: [text] };
  return onlyOne(innerValues(value).map((inner) => verdictIn(inner, text, read)));
}

/** `"is_accurate": false`, as words. */
function answeredKey<Word extends string>(
  value: Record<string, unknown>,
  read: PhraseReader<Word>,
): string | undefined {
  return Object.entries(value)
    .filter(([, inner]) => YES_OR_NO.test(String(inner)))
    .map(([key, inner]) => `${key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ')}: ${String(inner)}`)
    .find((phrase) => read(phrase) !== undefined);
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

function speaksOfVerdict(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(speaksOfVerdict);
  if (!isRecord(value)) return false;
  return Object.keys(value).some((key) => VERDICT_KEY.test(key)) || innerValues(value).some(speaksOfVerdict);
}

import { jsonrepair } from 'jsonrepair';

/** More brackets that lead nowhere are no JSON, but a model gone astray: each costs a walk over the text. */
const MOST_TRIES = 100;

/** A JSON value and where it stands, end exclusive. */
export interface JsonSpan {
  value: unknown;
  start: number;
  end: number;
}

/** Every JSON value that stands in a text between balanced brackets, mended where it is broken. */
export function* jsonValues(text: string): Generator {
  for (const { value } of jsonSpans(text)) yield value;
}

/** The same with their places. */
export function* jsonSpans(text: string): Generator<JsonSpan> {
  let start = nextBracket(text, 0);
  for (let tries = 0; start !== -1 && tries < MOST_TRIES; tries += 1) {
    const end = closingBracket(text, start);
    const value = end === undefined ? undefined : parseJson(text.slice(start, end + 1));
    if (value !== undefined && end !== undefined) yield { value, start, end: end + 1 };
    start = nextBracket(text, (end ?? start) + 1);
  }
}

function nextBracket(text: string, from: number): number {
  const found = text.slice(from).search(/[[{]/);
  return found === -1 ? -1 : from + found;
}

/** Where the bracket at `start` closes; brackets inside strings do not count. */
function closingBracket(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if ('[{'.includes(character)) depth += 1;
    else if (']}'.includes(character)) depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}

function parseJson(piece: string): unknown {
  const kept = keepBackslashes(piece);
  try {
    return JSON.parse(kept);
  } catch {
    return repairJson(kept);
  }
}

function repairJson(piece: string): unknown {
  try {
    return JSON.parse(jsonrepair(piece));
  } catch {
    return undefined;
  }
}

/**
 * Doubles the backslashes that are not meant for JSON, since models write `\frac` and `\d` as they are: read as JSON,
 * the first would become a form feed and the second lose its backslash.
 */
function keepBackslashes(piece: string): string {
  return piece.replace(/\\\\|\\u[0-9a-fA-F]{4}|\\n|\\[rt](?![a-z]{2})|\\["'/]|\\/g, (found) =>
    found === '\\' ? '\\\\' : found,
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string under the first of these names, in any letter case. */
export function stringUnder(value: Record<string, unknown>, names: RegExp): string | undefined {
  const found = Object.entries(value).find(([key, inner]) => names.test(key) && typeof inner === 'string');
  return found === undefined ? undefined : String(found[1]);
}

/** The values of an object; a string that is JSON itself, as the arguments of a tool call are, is read. */
export function innerValues(value: Record<string, unknown>): unknown[] {
  return Object.values(value).map((inner) =>
    typeof inner === 'string' && /^\s*[[{]/.test(inner) ? (parseJson(inner) ?? inner) : inner,
  );
}

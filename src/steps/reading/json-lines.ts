import { isRecord, jsonValues, stringUnder } from './json.js';

const LOOKS_LIKE_JSON = /^\s*(?:\{\s*["'}]|\[\s*[{["])/;

const SPEAKER_KEY = /^(?:speaker|name|character|role|from|who)$/i;
const WORDS_KEY = /^(?:text|content|words?|line|says|message|value|dialogue|utterance|reply)$/i;

/** What a reply in JSON says, written as lines such as `Name: Mara`; undefined if it looks like JSON and is none. */
export function withoutJson(text: string): string | undefined {
  if (!LOOKS_LIKE_JSON.test(text)) return text;
  const [value, ...more] = jsonValues(text);
  return value === undefined || more.length > 0 ? undefined : linesOf(value);
}

function linesOf(value: unknown): string {
  if (Array.isArray(value)) return linesOfList(value);
  if (!isRecord(value)) return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const speaker = stringUnder(value, SPEAKER_KEY);
  const words = stringUnder(value, WORDS_KEY);
  if (speaker !== undefined && words !== undefined && Object.keys(value).length === 2) return `${speaker}: ${words}`;
  const entries = Object.entries(value);
  const [only] = entries.map(([, inner]) => inner);
  if (entries.length === 1 && typeof only === 'object') return linesOf(only);
  return entries.map(([key, inner]) => lineOf(labelOf(key), inner)).join('\n');
}

function linesOfList(list: readonly unknown[]): string {
  const items = list.map(linesOf);
  const phrases = list.every((item) => typeof item === 'string' && !/[:：\n]|[.!?]$/.test(item));
  return items.join(phrases ? ', ' : '\n');
}

function lineOf(label: string, value: unknown): string {
  const lines = linesOf(value);
  return typeof value === 'object' && lines.includes('\n') ? `${label}:\n${lines}` : `${label}: ${lines}`;
}

/** `second_character` and `secondCharacter` become `Second character`; a person's name stays. */
function labelOf(key: string): string {
  if (!/^[a-z]/.test(key)) return key;
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/_/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

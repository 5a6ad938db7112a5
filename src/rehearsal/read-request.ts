import type { Pair } from '../records.js';
import type { PromptMessage } from './prompt-cache.js';
import type { Endpoint } from './protocol.js';
import { hasQuotedParts, readPairs, readQuoted } from './read-quoted.js';

/** What a rendered prompt holds; empty where it does not stand in it. */
export interface RequestFields {
  text: string;
  question: string;
  answer: string;
  pairs: Pair[];
  /** Questions that a new one must not repeat. */
  taken: string[];
  /** Versions that were rejected. */
  rejected: Pair[];
  traits: string;
  plan: string;
  character: string;
  scenario: string;
}

const TAGS = ['question', 'answer', 'pairs', 'taken', 'rejected', 'traits', 'plan', 'character', 'scenario'] as const;
type Tag = 'text' | (typeof TAGS)[number];

/**
 * Reads the values out of a prompt. Ours stand between tags in the first user message. In other prompts they are
 * looked for between triple quotes and under headings, in the last user message that has any; else the longest user
 * message is the text.
 */
export function readFields(endpoint: Endpoint, messages: readonly PromptMessage[]): RequestFields {
  const users = messages.filter(({ role }) => role === 'user').map(({ content }) => content.replaceAll('\r\n', '\n'));
  const [first = ''] = users;
  const tagged = readTags(endpoint === 'chat' ? first : afterExamples(first));
  if (tagged !== undefined) return tagged;
  const fields = readQuoted(users.findLast(hasQuotedParts) ?? '');
  return { ...fields, text: fields.text || longest(users) };
}

/** A completion prompt holds its examples itself: the material is what comes last. */
function afterExamples(prompt: string): string {
  const starts = ['<text>', '<character>', '<pairs>', '<question>'].map((tag) => prompt.lastIndexOf(`\n${tag}\n`));
  return prompt.slice((starts.find((start) => start >= 0) ?? -1) + 1);
}

function readTags(message: string): RequestFields | undefined {
  const text = between('text', message);
  const rest = text === undefined ? message : message.slice(text.end);
  const found = new Map(TAGS.map((tag) => [tag, between(tag, rest)?.content]));
  if (text === undefined && [...found.values()].every((value) => value === undefined)) return undefined;
  const value = (tag: (typeof TAGS)[number]): string => found.get(tag) ?? '';
  return {
    text: text?.content ?? '',
    question: value('question'),
    answer: value('answer'),
    pairs: readPairs(value('pairs')),
    taken: readDashLines(value('taken')),
    rejected: readPairs(value('rejected')),
    traits: value('traits'),
    plan: value('plan'),
    character: value('character'),
    scenario: value('scenario'),
  };
}

const TAG_PATTERNS = new Map<Tag, RegExp>(
  (['text', ...TAGS] as const).map((tag) => [tag, new RegExp(`^<${tag}>\\n(?:([\\s\\S]*)\\n)?</${tag}>[ \\t]*$`, 'm')]),
);

/** From the first opening tag to the last closing one, since a text may hold a closing tag itself. */
function between(tag: Tag, message: string): { content: string; end: number } | undefined {
  const match = TAG_PATTERNS.get(tag)?.exec(message);
  return match === null || match === undefined
    ? undefined
    : { content: match[1] ?? '', end: match.index + match[0].length };
}

function readDashLines(block: string): string[] {
  return [...block.matchAll(/^- (.+)$/gm)].map(([, line = '']) => line.trim());
}

function longest(messages: readonly string[]): string {
  return messages.reduce((best, message) => (message.length > best.length ? message : best), '');
}

import type { Pair } from '../records.js';
import type { RequestFields } from './read-request.js';

/** Reads the values out of prompts that put their material between triple quotes, or under headings. */

const QUOTED_PAIR = /Question[^\n"]*: *"""([\s\S]*?)"""\s*\n\s*Answer[^\n"]*: *"""([\s\S]*?)"""[ \t]*(?=\n|$)/g;

export function readPairs(block: string): Pair[] {
  return [...block.matchAll(QUOTED_PAIR)].map(([, question = '', answer = '']) => ({ question, answer }));
}

/** A pair without quotes, as what the context revision is asked about. */
const PLAIN_PAIR = /^Question: ([^\n"]+)\nAnswer: ([^"][\s\S]*)$/m;

export function hasQuotedParts(message: string): boolean {
  return message.includes('"""') || PLAIN_PAIR.test(message);
}

/** A block with what stands before it on its line, or on the line above. */
const QUOTED_BLOCK = /(?:^|\n)([^\n"]+?)[ \t]*\n?"""([\s\S]*?)"""/g;

/** What stands under a heading, without quotes. */
const UNQUOTED = {
  traits: /^Special instructions:\n([\s\S]*?)(?:\n\n|\n#|(?![\s\S]))/m,
  plan: /^#+ (?:Character card|Scenario) plan:\n([\s\S]*)/m,
  character: /^Description of the character[^\n]*:\n([^"][\s\S]*?)\n\s*Question: """/m,
};

/** The last block under each label: examples come before. */
export function readQuoted(message: string): RequestFields {
  const blocks = [...message.matchAll(QUOTED_BLOCK)].map(([, label = '', content = '']) => ({ label, content }));
  const quoted = (label: RegExp): string => blocks.findLast((block) => label.test(block.label))?.content.trim() ?? '';
  const unquoted = (part: keyof typeof UNQUOTED): string => UNQUOTED[part].exec(message)?.[1]?.trim() ?? '';
  const [, question = '', answer = ''] = PLAIN_PAIR.exec(message) ?? [];
  return {
    text: quoted(/^\W*text\b(?! details)/i),
    question: quoted(/^\W*question/i) || question,
    answer: quoted(/^\W*(?:supposed )?answer/i) || answer.trim(),
    pairs: readPairs(message),
    taken: [],
    rejected: [],
    traits: unquoted('traits'),
    plan: unquoted('plan') || quoted(/further information/i),
    character: quoted(/\bcharacter\b/i) || unquoted('character'),
    scenario: quoted(/\bscenario\b/i),
  };
}

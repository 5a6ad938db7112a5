import type { Conversation } from '../../records.js';
import { withoutOpening } from './chatter.js';
import { cleanReply, unwrapFences } from './clean.js';
import { withoutJson } from './json-lines.js';
import { withoutClosingWords } from './pair-text.js';

/** What a fence may stand around: turns, or JSON. */
const FENCED_FORM = /^\W*(?:AI Assistant|Assistant|User)\W*:|^\s*[[{]/im;
/** As the prompt asks for them, but for Markdown. */
const PLAIN_LABEL = /^[\s>#*_]*(?:AI Assistant|User)[*_\s]*[:：]/im;
const ANSWERER = 'AI Assistant';

/** The turns of a reply, each with a label that can be read; undefined if it is JSON that cannot be. */
export function readAssistantTurns(reply: string): string | undefined {
  const text = withoutJson(withoutOpening(unwrapFences(cleanReply(reply), FENCED_FORM)));
  return text === undefined ? undefined : withoutClosingWords(withFullNames(withoutBullets(text)));
}

/** `- User:`, `1. User:`: a mark before every label. Where only some have one, it is a list inside a turn. */
function withoutBullets(text: string): string {
  return PLAIN_LABEL.test(text)
    ? text
    : text.replace(/^[^\p{L}\n]{1,8}(?=(?:AI Assistant|Assistant|User)[*_\s]*[:：])/gimu, '');
}

/** `Assistant:`, where the full name never stands. */
function withFullNames(text: string): string {
  const named = new RegExp(`^[\\s>#*_]*${ANSWERER}`, 'im').test(text);
  return named ? text : text.replace(/^([\s>#*_]*)Assistant(?=[*_\s]*[:：])/gim, `$1${ANSWERER}`);
}

const QUOTED = [/^"([^"]*)"$/, /^“([^“”]*)”$/, /^„([^„“”]*)[“”]$/, /^«([^«»]*)»$/, /^「([^「」]*)」$/];

/** Without the quotation marks that stand around every turn. */
export function unquoted(conversation: Conversation): Conversation {
  const { turns } = conversation;
  const mark = QUOTED.find((quoted) => turns.every(({ text }) => quoted.test(text)));
  if (mark === undefined) return conversation;
  return {
    ...conversation,
    turns: turns.map(({ speaker, text }) => ({ speaker, text: text.replace(mark, '$1').trim() })),
  };
}

import type { Turn } from '../records.js';
import { unusable, usable, type Parsed } from '../parsed.js';
import { readLabel } from './speaker-labels.js';

/** A line before the first turn that nobody says: a heading, a rule, or a stage direction. */
const UNSPOKEN =
  /^(?:#{1,6}\s.*|\*\*[^*]+\*\*:?|[-*_=]{3,}|\*[^*]+\*|_[^_]+_|\([^()]+\)|（[^（）]+）|\[[^[\]]+\]|(?:the )?(?:conversation|dialogue)(?: [a-z ]{1,60})?:?)$/i;

const RULE_AT_THE_END = /\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$/;

const FENCE = /^[ \t]*(?:```|~~~)/;

/** A reply, line by line. */
interface Lines {
  /** What stands before the first turn. */
  preamble: string[];
  turns: Turn[];
  /** A line whose label fits both speakers. */
  unclear?: string;
}

/**
 * Splits a reply into turns, each with its speaker's full name. A turn begins at a line that begins with one of the
 * speakers and a colon, outside code fences, and runs to the next such line. A part of a name will do where it fits
 * one speaker only. Headings and stage directions before the first turn are dropped, other words there are refused.
 */
export function splitTurns(reply: string, speakers: readonly string[]): Parsed<Turn[]> {
  const { preamble, turns, unclear } = collectTurns(unfenced(reply).split('\n'), speakers);
  const stray = preamble.map((line) => line.trim()).find((line) => line !== '' && !UNSPOKEN.test(line));
  if (unclear !== undefined) {
    return unusable(
      `"${excerpt(unclear)}" may be said by ${speakers.join(' or ')}: begin every turn with a full name.`,
    );
  }
  if (turns.length === 0) {
    return unusable(`No line begins with ${speakers.map((name) => `"${name}:"`).join(' or ')}: begin every turn so.`);
  }
  if (stray !== undefined) {
    return unusable(`Write only the conversation: "${excerpt(stray)}" stands before the first turn.`);
  }
  return usable(turns.map(({ speaker, text }) => ({ speaker, text: trimmed(text) })));
}

/** The first words of a text, for a reason that a person or a model reads. */
export function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  const most = 80;
  return line.length > most ? `${line.slice(0, most).trimEnd()}...` : line;
}

function collectTurns(lines: string[], speakers: readonly string[]): Lines {
  const found: Lines = { preamble: [], turns: [] };
  let fenced = false;
  for (const line of lines) {
    const start = fenced ? undefined : readLabel(line, speakers);
    if (start === 'unclear') return { ...found, unclear: line };
    const turn = found.turns.at(-1);
    if (start) found.turns.push(start);
    else if (turn) turn.text += `\n${line}`;
    else found.preamble.push(line);
    if (FENCE.test(start?.text ?? line)) fenced = !fenced;
  }
  return found;
}

/** A reply that is one code block as a whole, without its fence. */
function unfenced(reply: string): string {
  const text = reply
    .replace(/\r\n?/g, '\n')
    .replace(/^\uFEFF/, '')
    .trim();
  return /^```[^\n]*\n([\s\S]*?)\n```$/.exec(text)?.[1] ?? text;
}

function trimmed(text: string): string {
  return text.trim().replace(RULE_AT_THE_END, '').trim();
}

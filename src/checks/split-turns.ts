import type { Turn } from '../records.js';
import { unusable, usable, type Parsed } from '../steps/step.js';

/** Bold, italics and quote marks that models put around a speaker's name. */
const MARK = String.raw`\*{1,3}|_{1,2}|["'\u0060]`;

/** A line before the first turn that says nothing: a heading, or a rule. */
const HEADING = /^(?:#{1,6}\s.*|\*\*[^*]+\*\*:?|[-*_=]{3,})$/;

const RULE_AT_THE_END = /\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$/;

const FENCE = /^[ \t]*(?:```|~~~)/;

/**
 * Splits a reply into turns. A turn begins at a line that begins with one of the speakers and a colon, outside code
 * fences, and runs to the next such line. Headings before the first turn are dropped, other words there are refused.
 */
export function splitTurns(reply: string, speakers: readonly string[]): Parsed<Turn[]> {
  const { preamble, turns } = collectTurns(unfenced(reply).split('\n'), speakers);
  const stray = preamble.map((line) => line.trim()).find((line) => line !== '' && !HEADING.test(line));
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

function collectTurns(lines: string[], speakers: readonly string[]): { preamble: string[]; turns: Turn[] } {
  const preamble: string[] = [];
  const turns: Turn[] = [];
  let fenced = false;
  for (const line of lines) {
    const start = fenced ? undefined : readLabel(line, speakers);
    const turn = turns.at(-1);
    if (start) turns.push(start);
    else if (turn) turn.text += `\n${line}`;
    else preamble.push(line);
    if (FENCE.test(start?.text ?? line)) fenced = !fenced;
  }
  return { preamble, turns };
}

function readLabel(line: string, speakers: readonly string[]): Turn | undefined {
  for (const speaker of speakers) {
    const label = labelOf(speaker).exec(line);
    if (label) return { speaker, text: line.slice(label[0].length) };
  }
  return undefined;
}

/** `User:`, `**User:**`, `**User**:`, `User :`, `> "User":`, in any letter case. */
function labelOf(speaker: string): RegExp {
  const name = speaker.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`);
  return new RegExp(String.raw`^[\s>]*(?<mark>${MARK})?${name}(?:\s*[:：]\k<mark>|\k<mark>\s*[:：])`, 'iu');
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

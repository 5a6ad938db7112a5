import { unusable, usable, type Parsed } from '../step.js';
import { withoutChatter } from './chatter.js';
import { cleanReply, echoesPrompt, unwrapFences } from './clean.js';
import { withoutJson } from './json-lines.js';
import { notAnAttempt } from './refusal.js';

/** A reply whose text as a whole is the result. */
export interface ProseForm {
  /** What the answer may be headed by, an alternation of a pattern. */
  headings: string;
  /** What to write, in words for the model. */
  form: string;
}

/** Fewer letters say nothing ("OK.", "N/A"). */
const FEWEST_LETTERS = 12;
/** A last line of fewer words may be a note without a full stop, and so may any item of a list. */
const SENTENCE_WORDS = 12;
const LIST_ITEM = /^\s*(?:[-*•–]|\d{1,2}[.)])\s/;

/** Reads the text of a plan, a card or a scenario: without reasoning, fences, chatter, heading, and quotes around it. */
export function readProse(reply: string, { headings, form }: ProseForm): Parsed<string> {
  const said = unwrapped(unwrapFences(cleanReply(reply), /^/));
  if (said === '') return unusable(`The reply was empty. ${form}`);
  const spelled = withoutJson(withoutChatter(said));
  if (spelled === undefined) return unusable(`The reply is JSON that cannot be read. ${form}`);
  const text = unwrapped(withoutHeading(withoutChatter(spelled), headings));
  const fault = faultOf(text);
  return fault === undefined ? usable(text) : unusable(`${fault} ${form}`);
}

function faultOf(text: string): string | undefined {
  const unattempted = notAnAttempt(text);
  if (unattempted !== undefined) return unattempted;
  if (echoesMaterial(text) || MATERIAL.test(text)) return 'The reply repeats the tagged material.';
  if (letterCount(text) < FEWEST_LETTERS) return 'The reply says nothing.';
  return breaksOff(text) ? 'The reply breaks off.' : undefined;
}

const MATERIAL_TAG = /^[ \t]*<\/?(?:character|scenario|plan|traits)>[ \t]*$/im;
/** Quoted pairs, and what a prompt's values replace; for conversations, a check of their own looks after these. */
const MATERIAL = /"""|\{(?:text|pairs|traits|plan|character)\}/i;
/** The headings under which the prompts of completion models go on. */
const NEXT_PROMPT =
  /^#{1,6}[ \t]*(?:information|instructions?|response|input|questions?, answers?|text that|special instructions)\b/im;

/** True if the reply holds what prompts put around their material: it goes on with the prompt. */
export function echoesMaterial(text: string): boolean {
  return echoesPrompt(text) || MATERIAL_TAG.test(text) || NEXT_PROMPT.test(text);
}

const WRAPPERS = [
  /^<(plan|card|character|character_card|scenario|scenario_plan|answer|reply|response|output)>\s*([\s\S]*?)\s*<\/\1>$/i,
  /^(""")\s*([\s\S]*?)\s*"""$/,
  /^(")([^"]*)"$/,
  /^(“)([^“”]*)”$/,
  /^(„)([^„“”]*)[“”]$/,
  /^(«)([^«»]*)»$/,
  /^(「)([^「」]*)」$/,
  /** Quoted speech stands within, so that the outer quotes are told by the label behind the first of them. */
  /^(")(?=[\p{L} ]{2,30}:)((?:[^"]*"[^"]*")*[^"]*)"$/u,
];

/** Without what stands around the whole of a text: a tag, quotes, a quotation mark before every line. */
function unwrapped(text: string): string {
  const lines = text.trim().split('\n');
  const quoted = lines.every((line) => line.startsWith('>'));
  const bare = quoted ? lines.map((line) => line.replace(/^> ?/, '')).join('\n') : text.trim();
  return WRAPPERS.reduce((rest, wrapper) => rest.replace(wrapper, '$2').trim(), bare);
}

const TITLE = String.raw`[^\n.!?。！？؟]{0,60}`;

/** The text below its last heading of this name, and without the label before it. */
function withoutHeading(text: string, headings: string): string {
  const heading = new RegExp(
    String.raw`^[ \t]*(?:#{1,6}[ \t]*[*_]*(?:the |your |final )?(?:${headings})(?![\p{L}\p{M}])${TITLE}|(\*\*|__)(?:the |your |final )?(?:${headings})(?![\p{L}\p{M}])${TITLE}\1:?)[ \t]*\n(?=\s*\S)`,
    'gimu',
  );
  const label = new RegExp(String.raw`^[\s*_#]*(?:${headings})[*_]*[ \t]*(?:[:：][*_]*|\n|$)\s*`, 'iu');
  const last = [...text.matchAll(heading)].at(-1);
  const below = last === undefined ? text : text.slice(last.index + last[0].length);
  return below.trim().replace(label, '').trim();
}

/** Letters as a measure of what is said: one of a script that writes words or syllables counts for three. */
export function letterCount(text: string): number {
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) ?? [];
  return (text.match(/\p{L}/gu) ?? []).length + 2 * signs.length;
}

/** True if the last line stops within a quotation or a sentence. */
function breaksOff(text: string): boolean {
  const line = text.split('\n').at(-1) ?? '';
  if (isOpenQuote(line) || /[,;([–—]\s*$/u.test(line)) return true;
  const prose =
    !LIST_ITEM.test(line) && line.split(/\s+/).length >= SENTENCE_WORDS && /[.!?]["”’»)*_]*\s+\S/u.test(line);
  return prose && endsWithin(line);
}

/** True if no sentence ends where the text does. Thai and Lao mark no end. */
export function endsWithin(text: string): boolean {
  return /[\p{L}\p{N}][\s*_]*$/u.test(text) && !/[\p{Script=Thai}\p{Script=Lao}]\s*$/u.test(text);
}

function isOpenQuote(line: string): boolean {
  const count = (mark: string) => line.split(mark).length - 1;
  const straight = line.replace(/\d"/g, '').split('"').length - 1;
  return straight % 2 === 1 || count('“') + count('”') < count('„') || (count('„') === 0 && count('“') > count('”'));
}

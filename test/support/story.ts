import type { Rejection } from '../../src/outputs/rejections.js';
import type { Pair, Vote } from '../../src/records.js';
import { DAWN, PANS } from './salt-works.js';
import type { ProviderAnswer } from './scripted-provider.js';

/** What becomes of one chunk of a run: what the model says, and what must be in the files for it. */
export interface Story {
  /** What happens; the name of the text, too. */
  name: string;
  /** What the model says otherwise than a good one, by call id. */
  script: Record<string, ProviderAnswer>;
  /** The chunk's lines in rejected.jsonl, their ids without the chunk's. */
  dropped: Rejection[];
  /** What every accepted conversation is about. */
  pairs: readonly Pair[];
  /** Numbers of the accepted conversations. */
  conversations: number[];
}

/** A chunk that gives two conversations over the two pairs of a good model, but for what is said here. */
export function story(name: string, rest: Partial<Omit<Story, 'name'>> = {}): Story {
  return { name, script: {}, dropped: [], pairs: [PANS, DAWN], conversations: [1, 2], ...rest };
}

/** For a story that leaves nothing in the dataset. */
export const NOTHING_LEFT = { pairs: [], conversations: [] };

/** An answer that no step that wants a form can use. */
export const CHATTER: ProviderAnswer = { text: 'I would rather talk about the weather.' };
export const EMPTY: ProviderAnswer = { text: '' };
export const FLAGGED = refusal('The request was flagged by our content policy.', 'content_policy_violation');
export const TOO_LONG = refusal("This model's maximum context length is 8192 tokens.", 'context_length_exceeded');

/** Why the provider refused, in its own words. */
export const FLAGGED_REASON = quoted('The request was flagged by our content policy');
export const TOO_LONG_REASON = quoted("This model's maximum context length is 8192 tokens");
export const CUT_OFF_REASON = 'The answer was cut off because it was too long. Answer again, more briefly.';
export const NO_VERDICT = beginning('There is no verdict in the reply.');

function refusal(message: string, code: string): ProviderAnswer {
  return { status: 400, error: { message, code } };
}

function quoted(message: string): string {
  return expect.stringMatching(new RegExp(`^400 from 127\\.0\\.0\\.1:\\d+: ${message}$`));
}

/** A reason whose rest tells the model what to write instead. */
export function beginning(words: string): string {
  return expect.stringMatching(new RegExp(`^${words}`));
}

export function saying(verdict: string, notes: string): ProviderAnswer {
  return { text: `${notes}\nVerdict: ${verdict}` };
}

/** What would do, had it not been cut off. */
export function cutOff(text: string): ProviderAnswer {
  return { text, finishReason: 'length' };
}

/** A better version of a question. */
export function writing({ question, answer }: Pair): ProviderAnswer {
  return { text: `- The fault is mended.\nQuestion: ${question}\nAnswer: ${answer}` };
}

export function rewording({ question, answer }: Pair): ProviderAnswer {
  return { text: `It leans on its place.\nQuestion: ${question}\nAnswer: ${answer}\nVerdict: REWORD` };
}

/** `q1.v1.accuracy.1`, `q1.v1.accuracy.2`, ... */
export function places(check: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${check}.${index + 1}`);
}

/** The votes on a version where the first two of three, or both of two, decide each check. */
export function allVotes(version: string): string[] {
  return ['question', 'relevancy', 'accuracy'].flatMap((check) => places(`${version}.${check}`, 2));
}

/** The same answer to several calls. */
export function toAll(calls: string[], answer: ProviderAnswer): Record<string, ProviderAnswer> {
  return Object.fromEntries(calls.map((call) => [call, answer]));
}

/** The notes of a good model's vote. */
export const FITS = 'It fits.';

export function vote(kind: Vote['vote'], reason: string, ...calls: string[]): Vote {
  return { vote: kind, reason, calls };
}

type Line = Omit<Rejection, 'id' | 'item'>;

export function chunkLine(line: Line): Rejection {
  return { id: '', item: 'chunk', ...line };
}

export function questionLine(number: number, line: Line): Rejection {
  return { id: `/q${number}`, item: 'question', ...line };
}

export function pairLine(number: number, line: Line): Rejection {
  return { id: `/q${number}/pair`, item: 'pair', ...line };
}

export function conversationLine(number: number, line: Line): Rejection {
  return { id: `/c${number}`, item: 'conversation', ...line };
}

import type { Message } from '../call-record.js';
import { cutText } from '../steps/reading/clean.js';
import type { Prompt } from './prompt.js';

/** `{name}`; any other brace is text. */
export const PLACEHOLDER = /\{([a-z_]+)\}/g;

/** How much of an answer that could not be used is shown to the model again, in UTF-16 units. */
const SHOWN_REPLY_LENGTH = 500;
/** Many services refuse an empty message. */
const NO_TEXT = '(no text)';

/**
 * The messages with all values in place, put in once and as they are: what looks like a placeholder inside a value
 * stays as it is. A value that is missing is an error of the program, since prompts are checked when they are loaded.
 */
export function renderPrompt(prompt: Pick<Prompt, 'messages'>, values: Readonly<Record<string, string>>): Message[] {
  return prompt.messages.map(({ role, content }) => ({
    role,
    content: content.replace(PLACEHOLDER, (_placeholder, name: string) => valueOf(name, values)),
  }));
}

function valueOf(name: string, values: Readonly<Record<string, string>>): string {
  const value = values[name];
  if (value === undefined) throw new Error(`A prompt uses {${name}}, which its step does not give.`);
  return value;
}

/** Appends an answer that could not be used, cut short, and why, for the model to answer again. */
export function askAgain(messages: readonly Message[], lastReply: string, reason: string): Message[] {
  return [
    ...messages,
    { role: 'assistant', content: shownReply(lastReply) },
    {
      role: 'user',
      content: `This answer could not be used. ${reason.trim()}\nAnswer again, in the form asked for at the start.`,
    },
  ];
}

function shownReply(reply: string): string {
  const shown = cutText(reply, SHOWN_REPLY_LENGTH);
  return shown.trim() === '' ? NO_TEXT : shown;
}

import { unusable, usable, type Parsed } from '../step.js';
import { cleanReply, echoesPrompt } from './clean.js';

/** Reads a plan, which is the whole reply. */
export function readPlanText(reply: string): Parsed<string> {
  const text = cleanReply(reply);
  if (text === '') return unusable('The reply was empty. Write the plan.');
  if (echoesPrompt(text)) return unusable('The reply repeats the tagged material. Write the plan only.');
  return usable(text);
}

import type { Character } from '../../records.js';
import { unusable, usable, type Parsed } from '../step.js';
import { cleanReply, echoesPrompt } from './clean.js';

const FORM = 'Begin with "Name: ..." and tell the backstory.';

/** Reads a character's card: the whole reply, with a line `Name: ...` and a backstory. */
export function readCharacterCard(reply: string): Parsed<Character> {
  const card = cleanReply(reply);
  if (card === '') return unusable(`The reply was empty. ${FORM}`);
  if (echoesPrompt(card)) return unusable(`The reply repeats the tagged material. ${FORM}`);
  const name = /^\W*Name:[ \t*]*([^\n*"]+)/im.exec(card)?.[1]?.trim();
  if (name === undefined) return unusable(`There is no name on the card. ${FORM}`);
  return usable({ name, card });
}

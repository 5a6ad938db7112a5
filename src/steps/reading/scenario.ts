import type { Scenario } from '../../records.js';
import { unusable, usable, type Parsed } from '../step.js';
import { cleanReply, echoesPrompt } from './clean.js';

const LABEL = 'Second character';
const FORM = `Write where the two meet and why the second person asks, then one last line: "${LABEL}: NAME".`;
const LAST_LINE = new RegExp(`^\\W*${LABEL}:[ \\t*]*([^\\n*"]+)\\W*$`, 'im');

/** Reads a scenario; its last line may name the second character. `name`: the first one's, whom it must be about. */
export function readScenario(reply: string, name: string): Parsed<Scenario> {
  const text = cleanReply(reply);
  if (text === '') return unusable(`The reply was empty. ${FORM}`);
  if (echoesPrompt(text)) return unusable(`The reply repeats the tagged material. ${FORM}`);
  const named = LAST_LINE.exec(text);
  const secondCharacter = named?.[1]?.trim();
  if (secondCharacter === name) return unusable(`The second character must be somebody else than ${name}. ${FORM}`);
  if (named === null || secondCharacter === undefined) return usable({ text });
  return usable({ text: text.slice(0, named.index).trim(), secondCharacter });
}

/** As prompts show it, with the second character where one is known. */
export function renderScenario({ text, secondCharacter }: Scenario): string {
  return secondCharacter === undefined ? text : `${text}\n\n${LABEL}: ${secondCharacter}`;
}

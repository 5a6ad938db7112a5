import type { Verdict } from '../../records.js';
import type { Parsed } from '../step.js';
import { unusable, usable } from '../step.js';
import { cleanReply, cutText, echoesPrompt, unwrapFences } from './clean.js';
import type { Found, FoundVerdict } from './found-verdict.js';
import { afterVerdictJson, jsonVerdict, withoutVerdictJson } from './json-verdict.js';
import { labelledVerdict } from './labelled-verdict.js';
import type { PhraseReader, VerdictWords } from './phrase.js';
import { twoWayReader } from './phrase.js';
import { isTakenBack } from './taken-back.js';
import { unlabelledVerdict } from './unlabelled-verdict.js';

/** Enough for six lines of notes; they are handed on to the step that writes a better question. */
export const REASON_LENGTH = 1000;

/** Reads the vote of a check: notes, and one of two words. */
export function readVerdict<Word extends string>(reply: string, words: VerdictWords<Word>): Parsed<Verdict<Word>> {
  const form = `Write short notes, then one last line: "Verdict: ${upper(words.yes)}" or "Verdict: ${upper(words.no)}".`;
  const found = findVerdict(reply, twoWayReader(words), form);
  return found.ok ? usable({ verdict: found.value.verdict, reason: cutText(found.value.notes, REASON_LENGTH) }) : found;
}

/**
 * Looks for a verdict in this order: in JSON; on labelled lines, the last one wins; alone on its line; at the start of
 * the reply; in a concluding last sentence. `form` tells the model what to write if there is none.
 */
export function findVerdict<Word extends string>(
  reply: string,
  read: PhraseReader<Word>,
  form: string,
): Parsed<FoundVerdict<Word>> {
  const text = unwrapFences(cleanReply(reply), /^/);
  if (text === '') return unusable(`The reply was empty. ${form}`);
  if (echoesPrompt(text)) return unusable(`The reply repeats the tagged material. ${form}`);
  const found = anyVerdict(text, read);
  if (found === undefined) return unusable(`There is no verdict in the reply. ${form}`);
  if (found === 'unclear') return unusable(`The verdict can be read in more than one way. ${form}`);
  return usable(found);
}

function anyVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  const json = jsonVerdict(text, read);
  const prose = withoutVerdictJson(text);
  const labelled = labelledVerdict(prose, read);
  if (json === undefined) return labelled ?? unlabelledVerdict(prose, read);
  if (typeof json !== 'object') return json;
  const takenBack = afterVerdictJson(text).some((line) => isTakenBack(line, json.verdict, read));
  return takenBack || isAgainst(labelled, json) ? 'unclear' : json;
}

function isAgainst<Word extends string>(labelled: Found<Word>, json: Found<Word>): boolean {
  if (typeof labelled !== 'object' || typeof json !== 'object') return false;
  return labelled.verdict !== json.verdict;
}

function upper(word: string): string {
  return word.toUpperCase();
}

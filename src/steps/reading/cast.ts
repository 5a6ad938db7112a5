import { labelOf, mayBeSamePerson, readLabel } from '../../checks/speaker-labels.js';
import type { Pair } from '../../records.js';
import { unusable, usable, type Parsed } from '../step.js';
import { readName } from './person-name.js';

/** Who speaks in a conversation. */
export interface Cast {
  answerer: string;
  asker: string;
}

/** Somebody whose name begins lines of a reply. */
interface Voice {
  name: string;
  lines: number;
  /** The words behind the name begin with a quotation mark. */
  quoted: boolean;
}

/** Words that open a remark, as in `Note: ...`, and look like names. */
const REMARK =
  /^(?:note|notes|remember|warning|caution|attention|tip|hint|example|answer|question|result|reason|important|first|second|third|finally|next|then|also|step|listen|look|imagine|rule|summary|p\.?s|hinweis|merke|achtung|beispiel|erstens|zweitens|nota|ejemplo|注意|备注|例如|首先|其次|最后|ملاحظة)$/iu;
const NARRATOR = /^(?:narrator|narration|scene|setting|erzähler(?:in)?|narrateur|narrador|旁白|ナレーター|الراوي)$/iu;

/**
 * The two speakers of a reply: the character and the second one or, where the scenario names none, whoever else
 * speaks most, which must be about once for each pair. A third speaker is refused: a turn would hide what they say.
 */
export function castOf(
  reply: string,
  answerer: string,
  second: string | undefined,
  pairs: readonly Pair[],
): Parsed<Cast> {
  const asker = second ?? mostHeard(voicesBeside([answerer], reply, pairs), pairs.length / 2);
  if (asker === undefined) {
    return unusable(`Nobody but ${answerer} asks question after question: begin every turn with a name and a colon.`);
  }
  const third = voicesBeside([answerer, asker], reply, pairs).find(isThird);
  return third === undefined
    ? usable({ answerer, asker })
    : unusable(`${third.name} speaks, too: only ${answerer} and ${asker} may, and nobody narrates.`);
}

/** Of several that are heard equally often, the first. */
function mostHeard(voices: readonly Voice[], fewestLines: number): string | undefined {
  const most = Math.max(...voices.map(({ lines }) => lines), fewestLines);
  return voices.find(({ lines }) => lines >= most)?.name;
}

/** One line with a name and a colon may be a remark; two, or spoken words, are not. */
function isThird({ name, lines, quoted }: Voice): boolean {
  return lines > 1 || quoted || NARRATOR.test(name);
}

/** Whoever seems to speak beside the known ones, in the order of their first lines. */
function voicesBeside(known: readonly string[], reply: string, pairs: readonly Pair[]): Voice[] {
  const voices: Voice[] = [];
  for (const line of reply.split('\n')) {
    const label = labelOf(line);
    const name = label && readName(label.name);
    if (label === undefined || name === undefined || readLabel(line, known) !== undefined) continue;
    if (REMARK.test(name) || /\p{N}/u.test(name) || isInPairs(label.name, pairs)) continue;
    const quoted = /^\s*["“„«「]/u.test(label.text);
    const voice = voices.find((each) => mayBeSamePerson(each.name, name));
    if (voice === undefined) voices.push({ name, lines: 1, quoted });
    else
      Object.assign(voice, { name: longer(voice.name, name), lines: voice.lines + 1, quoted: voice.quoted || quoted });
  }
  return voices;
}

function isInPairs(label: string, pairs: readonly Pair[]): boolean {
  return pairs.some(({ question, answer }) => `${question}\n${answer}`.replace(/[*_]/g, '').includes(`${label}:`));
}

function longer(one: string, other: string): string {
  return other.length > one.length ? other : one;
}

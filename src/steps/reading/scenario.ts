import { labelOf, mayBeSamePerson, readLabel } from '../../checks/speaker-labels.js';
import type { Scenario } from '../../records.js';
import { unusable, usable, type Parsed } from '../step.js';
import { findLabelled } from './labelled-lines.js';
import { readName } from './person-name.js';
import { endsWithin, readProse } from './prose.js';

const LABEL = 'Second character';
const FORM = `Write where the two meet and why the second person asks, then one last line: "${LABEL}: NAME".`;
const HEADINGS =
  'scenario(?: description)?|scene|szenario|szene|scénario|escenario|cenário|сценарий|场景|場景|情景|シナリオ|場面|시나리오|السيناريو|سيناريو';

const SECOND_LABELS =
  "(?:the )?(?:second(?:ary)?|other|2nd) (?:character|person|speaker|figure)(?:['’]s)?(?: name)?|character (?:2|two|b)|asker|" +
  '(?:der |die )?(?:zweite[rs]?|andere[rs]?) (?:figur|charakter|person)|nebenfigur|(?:deuxième|second|autre) personnage|personnage secondaire|' +
  'segundo personaje|personaje secundario|secondo personaggio|personaggio secondario|segund[oa] personagem|personagem secundári[oa]|tweede personage|' +
  'второй персонаж|второй герой|druga postać|ikinci karakter|第二(?:个|位|個)?(?:角色|人物)|次要角色|(?:二|2)人目の(?:登場)?人物|두 ?번째 (?:인물|캐릭터|등장인물)|' +
  'الشخصية الثانية|הדמות השנייה';
/** The label behind a sentence, on its line. */
const WITHIN_LINE = new RegExp(`([.!?。！？؟]["”»]?)[ \\t]*(?=[*_]*(?:${SECOND_LABELS})[*_]*[ \\t]*[:：])`, 'giu');

const OPEN_QUOTE = /^\s*["“„«「]/u;

/** Reads a scenario; its last line may name the second character. `name`: the first one's, whom it must be about. */
export function readScenario(reply: string, name: string): Parsed<Scenario> {
  const prose = readProse(reply.replace(WITHIN_LINE, '$1\n'), { headings: HEADINGS, form: FORM });
  if (!prose.ok) return prose;
  const second = readSecond(prose.value, name);
  if (!second.ok) return second;
  const text = withoutSecond(prose.value);
  const fault = faultOf(text, name, second.value);
  if (fault !== undefined) return unusable(`${fault} ${FORM}`);
  return usable(second.value === undefined ? { text } : { text, secondCharacter: second.value });
}

/** As prompts show it, with the second character where one is known. */
export function renderScenario({ text, secondCharacter }: Scenario): string {
  return secondCharacter === undefined ? text : `${text}\n\n${LABEL}: ${secondCharacter}`;
}

/** The second character's name, `undefined` where the reply gives none. */
function readSecond(text: string, name: string): Parsed<string | undefined> {
  const given = findLabelled(text, SECOND_LABELS).map(({ value }) => value);
  const names = given.flatMap((value) => readName(value) ?? []);
  if (names.length < given.length) return unusable(`The second character needs a plain name. ${FORM}`);
  const [fullest] = names.toSorted((one, other) => other.length - one.length);
  if (fullest === undefined) return usable(undefined);
  if (!names.every((each) => mayBeSamePerson(each, fullest))) {
    return unusable(`There must be one second character, not several: ${names.join(', ')}. ${FORM}`);
  }
  return mayBeSamePerson(fullest, name)
    ? unusable(`The second character must be somebody else than ${name}. ${FORM}`)
    : usable(fullest);
}

function withoutSecond(text: string): string {
  const dropped = findLabelled(text, SECOND_LABELS);
  return text
    .split('\n')
    .filter((_line, at) => !dropped.some(({ first, last }) => first <= at && at <= last))
    .join('\n')
    .replace(/\n[-*_#\s]*$/, '')
    .trim();
}

function faultOf(text: string, name: string, second: string | undefined): string | undefined {
  if (!/\p{L}/u.test(text)) return 'There is no scene.';
  if (findLabelled(text, 'question|answer|q|a|traits').length > 1) return 'The scene holds lists from the material.';
  if (isPlayedOut(text, name, second)) return 'The scene is played out: describe it before anybody speaks.';
  return second === undefined && endsWithin(text) ? 'The scene breaks off.' : undefined;
}

/** True if the character and somebody else speak, or one of them says something in quotes and something more. */
function isPlayedOut(text: string, name: string, second: string | undefined): boolean {
  const known = second === undefined ? [name] : [name, second];
  const labels = text.split('\n').flatMap((line) => {
    const label = labelOf(line);
    return label === undefined || readName(label.name) === undefined ? [] : { ...label, line };
  });
  const spoken = labels.some(({ line, text: words }) => readLabel(line, known) !== undefined || OPEN_QUOTE.test(words));
  return spoken && labels.length > 1;
}

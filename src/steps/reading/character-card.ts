import { mayBeSamePerson } from '../../checks/speaker-labels.js';
import type { Character } from '../../records.js';
import { unusable, usable, type Parsed } from '../step.js';
import { findLabelled } from './labelled-lines.js';
import { readName } from './person-name.js';
import { letterCount, readProse } from './prose.js';

const FORM = 'Begin with "Name: ..." and tell the backstory, as a reply to "What\'s your backstory?".';
const HEADINGS =
  'character (?:card|profile|sheet|description)|(?:card|profile)|charakter(?:karte|bogen)|figurenkarte|steckbrief|fiche (?:de |du )?personnage|' +
  'ficha (?:de |del |de la |do )?\\p{L}+|scheda (?:del )?personaggio|карточка персонажа|(?:角色|人物)(?:卡|卡片|设定)|キャラクター(?:カード|シート)|بطاقة الشخصية';

const NAME_LABELS =
  "(?:full |character(?:['’]s)? )?name|character|nombre(?: completo)?|nom(?: complet)?|nome(?: completo)?|naam|navn|namn|nimi|imię(?: i nazwisko)?|" +
  "jméno|név|isim|İsim|ad(?:ı)?|имя|ім['’]я|όνομα|姓名|名字|名前|氏名|이름|성명|الاسم|שם|नाम|tên|nama|ชื่อ";

const PAST =
  'back ?story|background|history|biography|bio|life story|story|past|origins?|hintergrund(?:geschichte)?|vorgeschichte|lebensgeschichte|lebenslauf|werdegang|' +
  'geschichte|herkunft|vergangenheit|histoire|passé|parcours|historia|trasfondo|pasado|antecedentes|história|passado|storia|passato|achtergrond(?:verhaal)?|' +
  'verleden|bakgrund|historie|tausta|предыстория|история|биография|прошлое|историю|geçmiş|背景(?:故事)?|经历|身世|来历|过去|故事|生い立ち|経歴|過去|배경|과거|사연|' +
  'خلفية|الخلفية|قصة(?: \\p{L}+)?|قصتك|ماضيك|סיפור|רקע|पृष्ठभूमि';
const PAST_LABELS = `(?:(?:her|his|their|character|personal|short|brief|[^\n:]{1,30}['’]s) )?(?:${PAST})(?: (?:and|&|/) \\p{L}+| story)?`;
/** How a stranger asks for it in the examples of dialogue. */
const PAST_ASKED = new RegExp(
  `(?:${PAST})[^\\n]{0,60}[?？؟]|about (?:yourself|your life)|who are you|where (?:do|did) you come from|how did you (?:come|get|become|end up)|` +
    'wer (?:bist|sind) (?:du|sie)|qui (?:es-tu|êtes-vous)|quién eres|chi (?:sei|è)|你是谁|你的(?:故事|经历|过去)|من أنت',
  'iu',
);
/** A label of another part of the card: what is wanted under a heading is not there. */
const OTHER_PART =
  /^[\s*_#>-]*(?:traits|personality|appearance|dialogue|dialog|age|occupation|name|stranger|goals?|quirks?|voice)\b[^:]{0,30}:/iu;
/** Fewer letters tell no past. */
const FEWEST_LETTERS = 20;

/** What models that run on write behind a card. */
const NEXT_STEP = /^#{1,6}[ \t]*(?:scenario|conversation|character card plan)\b/im;

/** Reads a character's card: the whole reply, with one name and a backstory. */
export function readCharacterCard(reply: string): Parsed<Character> {
  const card = readProse(reply, { headings: HEADINGS, form: FORM });
  if (!card.ok) return card;
  if (NEXT_STEP.test(card.value)) return unusable(`The reply goes on behind the card. ${FORM}`);
  const name = readNameOn(card.value);
  if (!name.ok) return name;
  return hasBackstory(card.value)
    ? usable({ name: name.value, card: card.value })
    : unusable(`There is no backstory on the card. ${FORM}`);
}

/** Several name lines must name one person: then the fullest counts. */
function readNameOn(card: string): Parsed<string> {
  const given = findLabelled(card, NAME_LABELS).map(({ value }) => value);
  if (given.length === 0) return unusable(`There is no name on the card. ${FORM}`);
  const names = given.flatMap((value) => readName(value) ?? []);
  if (names.length < given.length) return unusable(`The card needs the plain name of one person. ${FORM}`);
  const [fullest = ''] = names.toSorted((one, other) => other.length - one.length);
  return names.every((name) => mayBeSamePerson(name, fullest))
    ? usable(fullest)
    : unusable(`The card names several people: ${names.join(', ')}. Write the card of one. ${FORM}`);
}

function hasBackstory(card: string): boolean {
  const told = [...findLabelled(card, PAST_LABELS).map(({ value }) => value), ...repliesToStranger(card)];
  return told.some((text) => !OTHER_PART.test(text) && letterCount(text) >= FEWEST_LETTERS);
}

/** What is said on the line behind each question for the backstory, or below it where a name stands there alone. */
function repliesToStranger(card: string): string[] {
  const lines = card.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, at) => {
    if (!PAST_ASKED.test(line) || !/[:："“„«「]/u.test(line)) return [];
    const [reply = '', below = ''] = lines.slice(at + 1);
    return /[:：][*_\s]*$/u.test(reply) ? below : reply;
  });
}

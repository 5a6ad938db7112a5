import { pick } from '../draw.js';
import type { NonEmpty } from '../draw.js';
import type { Play, Scene } from './scene.js';
import { newName } from './names.js';
import { pairPool } from './pair-pool.js';
import { topicOf } from './topic.js';

const PLACES: NonEmpty<string> = [
  'a small workshop behind the harbour',
  'the reading room of a town library',
  'a greenhouse at the end of a wet afternoon',
  'the kitchen of a mountain hostel',
];

/** Where a prompt gives no traits. */
const OCCUPATIONS: NonEmpty<string> = ['retired surveyor', 'bookbinder', 'evening-class teacher', 'ferry pilot'];
const MANNERS = ['patient', 'exact', 'fond of dry jokes'];

/** Where a prompt does not show its card or scenario. */
const UNKNOWN_CHARACTER = 'Narrator';
const UNKNOWN_SECOND_CHARACTER = 'Visitor';

export const planCharacter: Play = (scene) => {
  const name = firstCharacter(scene);
  return [
    `- Name: ${name}`,
    `- Way to the subject: ${name} grew up with ${subject(scene)}.`,
    ...traitLines(scene.fields.traits).map((line) => `- ${line}`),
    '- Speech: asks back, ends with a nod, never boasts.',
  ].join('\n');
};

export const writeCharacter: Play = (scene) => {
  const { plan, traits } = scene.fields;
  const name = nameIn(plan) ?? firstCharacter(scene);
  const occupation = traitOf(traits, OCCUPATION) ?? pick(scene.draw, 'occupation', OCCUPATIONS);
  return [
    `Name: ${name}`,
    `Traits: ${mannersOf(traits).join('; ')}`,
    '',
    'Dialogue Examples:',
    `Stranger: "What's your backstory?"`,
    `${name}: "I have been ${withArticle(occupation)} for half my life. ${capital(subject(scene))} kept me busy from the start, and I like to pass on what I learned."`,
    `Stranger: "What is your day like?"`,
    `${name}: "Early tea, slow work, and a visitor with questions if I am lucky."`,
  ].join('\n');
};

export const planScenario: Play = (scene) => {
  const first = nameOnCard(scene.fields.character);
  const second = newSecondCharacter(scene);
  return [
    `- Place: ${pick(scene.draw, 'place', PLACES)}.`,
    `- Second character: ${second}`,
    `- Motive: a task of the coming week, for which ${second} would rather ask ${first} than guess.`,
    ...scene.fields.pairs.map((_pair, index) => `- Question ${index + 1}: the next line of a long list.`),
  ].join('\n');
};

export const writeScenario: Play = (scene) => {
  const first = nameOnCard(scene.fields.character);
  const second = secondCharacterIn(scene.fields.plan) ?? newSecondCharacter(scene);
  const place = lastMatch(scene.fields.plan, /^\W*Place:[ \t]*([^\n]+)/gim) ?? pick(scene.draw, 'place', PLACES);
  return (
    `In ${place}, ${first} puts the tools aside when ${second} knocks. ` +
    `${second} has a task to finish this week and would rather ask than guess; ${first} is glad of the company.\n\n` +
    `Second character: ${second}`
  );
};

/** The name on a character's card. */
export function nameOnCard(card: string): string {
  return nameIn(card) ?? UNKNOWN_CHARACTER;
}

/** The second speaker that a scenario names. */
export function secondCharacter(scenario: string): string {
  return secondCharacterIn(scenario) ?? UNKNOWN_SECOND_CHARACTER;
}

function nameIn(card: string): string | undefined {
  return lastMatch(card, /^\W*Name:[ \t*]*([^\n*"]+)/gim);
}

function secondCharacterIn(scenario: string): string | undefined {
  return lastMatch(scenario, /^\W*Second character:[ \t*]*([^\n*"]+)/gim);
}

function lastMatch(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1]?.trim().replace(/\.$/, '');
}

const INITIAL_LETTER = /^\W*initial[^:\n]*:\W*(\p{L})/imu;
const OCCUPATION = /^\W*occupation:[ \t]*(\S.*)$/im;

/** A name with the initial letter of the traits, that of nobody in the text. */
function firstCharacter({ draw, fields }: Scene): string {
  return newName(draw, fields.text, traitOf(fields.traits, INITIAL_LETTER));
}

/** A name of nobody on the card or in the pairs. */
function newSecondCharacter({ draw, fields }: Scene): string {
  const known = [fields.character, ...fields.pairs.flatMap(({ question, answer }) => [question, answer])];
  return newName(draw, known.join('\n'));
}

function traitOf(traits: string, axis: RegExp): string | undefined {
  return axis.exec(traits)?.[1]?.trim();
}

/** The values of all axes that are neither name nor occupation. */
function mannersOf(traits: string): string[] {
  const others = traitLines(traits).filter((line) => !INITIAL_LETTER.test(line) && !OCCUPATION.test(line));
  return others.length === 0 ? MANNERS : others.map((line) => line.replace(/^[^:]*:\s*/, ''));
}

function traitLines(traits: string): string[] {
  return traits
    .split('\n')
    .map((line) => line.replace(/^[-\s]+/, ''))
    .filter((line) => line !== '');
}

function withArticle(occupation: string): string {
  if (/^(?:an?|the)\b/i.test(occupation)) return occupation;
  return `${/^[aeio]/i.test(occupation) ? 'an' : 'a'} ${occupation}`;
}

function subject({ fields }: Scene): string {
  const answer = fields.pairs[0]?.answer ?? pairPool(fields.text, 1)[0]?.answer ?? '';
  return topicOf(answer) ?? 'this subject';
}

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

import { pick } from '../draw.js';
import type { Draw, NonEmpty } from '../draw.js';
import type { Play, Scene } from './scene.js';
import { pairPool } from './pair-pool.js';
import { topicOf } from './topic.js';

const NAMES: NonEmpty<string> = [
  'Mara Lindholm',
  'Tobias Wren',
  'Ines Carvalho',
  'Oskar Pell',
  'Dalia Haddad',
  'Bram Okafor',
  'Yuna Seo',
  'Fergus Dray',
  'Nell Abara',
  'Viktor Saal',
];

const PLACES: NonEmpty<string> = [
  'a small workshop behind the harbour',
  'the reading room of a town library',
  'a greenhouse at the end of a wet afternoon',
  'the kitchen of a mountain hostel',
];

const OCCUPATIONS: NonEmpty<string> = [
  'a retired surveyor',
  'a bookbinder',
  'a teacher at an evening school',
  'a ferry pilot',
];

/** Where a prompt does not show its card or scenario. */
const UNKNOWN_CHARACTER = 'Narrator';

export const planCharacter: Play = (scene) => {
  const name = newName(scene.draw, scene.fields.text);
  return [
    `Name: ${name}`,
    `- ${name} is ${pick(scene.draw, 'occupation', OCCUPATIONS)} who knows ${subject(scene)} from years of practice.`,
    ...traitLines(scene),
    '- Speaks in short sentences, asks back, and never boasts.',
  ].join('\n');
};

export const writeCharacter: Play = (scene) => {
  const name = nameIn(scene.fields.plan) ?? newName(scene.draw, scene.fields.text);
  const occupation = pick(scene.draw, 'occupation', OCCUPATIONS);
  return [
    `Name: ${name}`,
    'Traits: patient, exact, fond of dry jokes',
    '',
    'Dialogue Examples:',
    `Stranger: "What's your backstory?"`,
    `${name}: "I have been ${occupation} for half my life. ${capital(subject(scene))} kept me busy from the start, and I like to pass on what I learned."`,
    `Stranger: "What is your day like?"`,
    `${name}: "Early tea, slow work, and a visitor with questions if I am lucky."`,
  ].join('\n');
};

export const planScenario: Play = ({ fields, draw }) => {
  const first = nameOnCard(fields.character);
  const second = newName(draw, fields.character);
  return [
    `Place: ${pick(draw, 'place', PLACES)}.`,
    `${second} has come to ${first} to learn for a task of the coming week, and asks one thing after the other.`,
    `Second character: ${second}`,
  ].join('\n');
};

export const writeScenario: Play = ({ fields, draw }) => {
  const first = nameOnCard(fields.character);
  const second = secondCharacterIn(fields.plan) ?? newName(draw, fields.character);
  return (
    `In ${pick(draw, 'place', PLACES)}, ${first} puts the tools aside when ${second} knocks. ` +
    `${second} has a task to finish this week and would rather ask than guess; ${first} is glad of the company.\n\n` +
    `Second character: ${second}`
  );
};

/** The name on a character's card. */
export function nameOnCard(card: string): string {
  return nameIn(card) ?? UNKNOWN_CHARACTER;
}

/** The second speaker that a scenario names; without one, somebody else than `first`. */
export function secondCharacter(scenario: string, first: string): string {
  return secondCharacterIn(scenario) ?? NAMES.find((name) => name !== first) ?? NAMES[0];
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

/** A name that does not stand in `text`. */
function newName(draw: Draw, text: string): string {
  const [first, ...rest] = NAMES.filter((name) => !text.includes(name));
  return first === undefined ? NAMES[0] : pick(draw, 'name', [first, ...rest]);
}

function subject({ fields }: Scene): string {
  const answer = fields.pairs[0]?.answer ?? pairPool(fields.text, 1)[0]?.answer ?? '';
  return topicOf(answer) ?? 'this subject';
}

function traitLines({ fields }: Scene): string[] {
  return fields.traits
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `- ${line.replace(/^[-\s]+/, '')}`);
}

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

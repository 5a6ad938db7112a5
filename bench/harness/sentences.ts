import { seededRandom, shuffle } from '../../src/random.js';

/** Long lists of words that share no stem, so that sentences of one chunk differ in nearly all words. */
const NOUNS = words(
  'miller potter weaver ferryman glazier cooper saddler beekeeper tanner mason printer clockmaker shepherd gardener ' +
    'surveyor fisherman baker joiner tinsmith brewer locksmith dyer rope-maker forester pilot chandler thatcher ' +
    'engraver carter quarryman salter bellfounder papermaker bookbinder vintner falconer cobbler wheelwright',
);
const THINGS = words(
  'barrel lantern anchor ladder furnace kettle plough pulley hammer chisel basket mirror ' +
    'trumpet needle saddle rudder candle bucket anvil spindle shovel crane sluice turbine boiler valve drum lever ' +
    'carriage telescope thermometer balance gauge loom wagon trestle',
);
const ADJECTIVES = words(
  'narrow brittle crimson ancient hollow sturdy crooked polished damp silent golden rusty slender massive wooden ' +
    'copper smooth jagged frozen fragrant curved striped square pale bitter heavy brilliant muddy delicate steep ' +
    'remote fertile shallow windy dusty tidal granite marble',
);
const VERBS = words(
  'repaired painted measured borrowed carried weighed sharpened cleaned lowered raised traded tested welded carved ' +
    'counted loaded drained covered lifted mended hauled guarded turned tightened assembled inspected ordered stored ' +
    'delivered emptied gilded soldered varnished dismantled bolted insulated labelled calibrated',
);
const PLACES = words(
  'harbour orchard valley monastery quarry island marsh bridge lighthouse market canal meadow tower cellar workshop ' +
    'garden forest village station vineyard reservoir foundry observatory shipyard granary chapel stable dairy ' +
    'sawmill brickworks tollhouse fortress hospital library',
);
const MATTERS = words(
  'wheat linen salt timber honey copper ore wool charcoal barley tallow resin slate amber indigo saffron mercury ' +
    'gypsum cork flax hops lime peat rye sulphur turpentine wax zinc cedar cotton clay',
);
const SYLLABLES = words('bal dor fen gar hul jor kes lim mor nav oth pel quin ras sev tar ulm ver wes yar zel');
const ENDINGS = words('ton berg mouth wick stead dale ford haven');

const FORMS: readonly [Form, ...Form[]] = [
  (d) => `In ${d.year()} the ${d.noun()} of ${d.town()} ${d.verb()} ${d.number()} ${d.adjective()} ${d.thing()}s.`,
  (d) => `The ${d.adjective()} ${d.place()} near ${d.town()} stores ${d.number()} tons of ${d.matter()} every winter.`,
  (d) => `A ${d.thing()} from ${d.town()} weighs ${d.number()} pounds and holds ${d.adjective()} ${d.matter()}.`,
  (d) => `${d.town()} sold its ${d.adjective()} ${d.place()} to a ${d.noun()} for ${d.number()} crowns.`,
  (d) => `Every ${d.noun()} at the ${d.place()} of ${d.town()} ${d.verb()} one ${d.thing()} before dawn.`,
  (d) => `The ${d.thing()} beside the ${d.adjective()} ${d.place()} was ${d.verb()} by ${d.person()} in ${d.year()}.`,
  (d) => `${d.person()} ${d.verb()} a ${d.adjective()} ${d.thing()} for the ${d.noun()} of ${d.town()}.`,
  (d) => `Merchants brought ${d.matter()} and ${d.matter()} over the ${d.adjective()} ${d.place()} to ${d.town()}.`,
  (d) => `At ${d.town()} a ${d.adjective()} ${d.thing()} costs ${d.number()} crowns, while ${d.matter()} costs less.`,
  (d) => `The ${d.noun()} ${d.person()} kept ${d.number()} ${d.thing()}s in a ${d.adjective()} ${d.place()}.`,
];

/** What a form takes its words from; a word comes back only after all others of its list. */
type Draw = Record<
  'noun' | 'thing' | 'adjective' | 'verb' | 'place' | 'matter' | 'town' | 'person' | 'year' | 'number',
  () => string
>;

type Form = (draw: Draw) => string;

/**
 * Plain statements, one a call, hardly ever two alike: each can be asked for, stands for itself and shares few words with
 * its neighbours, as a page of a handbook might have them.
 */
export function sentences(seed: number): () => string {
  const next = seededRandom('bench', seed);
  const draw = drawFrom(next);
  const form = inTurn(next, FORMS);
  return () => form()(draw);
}

function drawFrom(next: () => number): Draw {
  const from = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  const name = () => capital(from(SYLLABLES) + from(SYLLABLES) + from(ENDINGS));
  const between = (least: number, most: number) => String(least + Math.floor(next() * (most - least)));
  return {
    noun: inTurn(next, NOUNS),
    thing: inTurn(next, THINGS),
    adjective: inTurn(next, ADJECTIVES),
    verb: inTurn(next, VERBS),
    place: inTurn(next, PLACES),
    matter: inTurn(next, MATTERS),
    town: name,
    person: () => `${capital(from(SYLLABLES) + from(SYLLABLES))} ${name()}`,
    year: () => between(1500, 1950),
    number: () => between(12, 980),
  };
}

/** All in an order of their own, and then again in another. */
function inTurn<Item>(next: () => number, list: readonly [Item, ...Item[]]): () => Item {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) left = shuffle(list, next);
    return left.pop() ?? list[0];
  };
}

function words(list: string): [string, ...string[]] {
  return list.split(' ') as [string, ...string[]];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

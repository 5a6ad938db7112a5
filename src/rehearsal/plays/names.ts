import type { Draw } from '../draw.js';

/** At least one for every letter from A to Z. */
const FIRST_NAMES = (
  'Anton Ada Bram Betty Clara Colin Dalia Dorian Edda Emil Fergus Flora Greta Gustav Hanna Hugo Ines Ivo Jana Jonas ' +
  'Kora Karim Lena Linus Mara Milan Nell Noah Olga Oskar Pia Paul Quentin Rosa Ruben Sara Simon Tilda Tobias Ulla ' +
  'Umberto Vera Viktor Wanda Willem Xenia Yuna Yann Zora Zeno'
).split(' ');

const SURNAMES = 'Lindholm Wren Carvalho Pell Haddad Okafor Seo Dray Abara Saal Tolle Vance'.split(' ');

/** A first name and a surname that do not stand in `text`; it begins with `letter` if there is such a name. */
export function newName(draw: Draw, text: string, letter = ''): string {
  const unused = (names: readonly string[]): string[] => names.filter((name) => !text.includes(name));
  const fitting = unused(FIRST_NAMES).filter((name) => name.startsWith(letter.toUpperCase()));
  const first = drawFrom([fitting, unused(FIRST_NAMES), FIRST_NAMES], draw('first name'));
  return `${first} ${drawFrom([unused(SURNAMES), SURNAMES], draw('surname'))}`;
}

/** From the first list that holds a name; `chance` from 0 to 1. */
function drawFrom(lists: readonly (readonly string[])[], chance: number): string {
  const names = lists.find(({ length }) => length > 0) ?? [];
  return names[Math.floor(chance * names.length)] ?? '';
}

/** Beginnings of words that have no place in what is invented for readers of any age, by kind. */
const UNFIT = [
  // Harm.
  'kill murder corpse blood weapon gun rifle bomb torture suicid violen soldier',
  // Drink, drugs and gambling.
  'drunk alcohol beer wine whisk vodka brewer cigar tobacco drug gambl',
  // Desire.
  'sex naked nude erotic seduc flirt lust mistress',
  // Contempt.
  'stupid idiot ugly lazy crazy insane dumb fool loser freak damn hell hate',
  // Origin.
  'african american arab asian british chinese dutch english european french german greek indian irish italian',
  'japanese mexican polish russian scottish spanish turkish immigrant foreign race racial ethnic tribe nationalit native',
  // Belief.
  'god church priest nun monk pastor rabbi imam bishop christian muslim jew hindu buddhis atheis religio politic',
].flatMap((line) => line.split(' '));

/** Words that begin like one of the above and are harmless. */
const HARMLESS = ['hello', 'polishes'];

/** The words of a text that do not suit a general audience. */
export function unfitWords(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !HARMLESS.includes(word) && UNFIT.some((start) => word.startsWith(start)));
}

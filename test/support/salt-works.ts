import type { Pair } from '../../src/records.js';

/** What the texts of scripted runs say, and what is asked about them. */

export const SALT_WORKS =
  'The salt works at Low Marren have nine pans. The panman rakes the salt at dawn, before the wind gets up. Dry salt ' +
  'lies in the loft above the boiling house until Thursday, when the mule train leaves for Harrow Cross.';

export const PANS: Pair = {
  question: 'How many pans do the salt works at Low Marren have?',
  answer: 'The salt works at Low Marren have nine pans.',
};
export const DAWN: Pair = {
  question: 'When does the panman rake the salt at Low Marren?',
  answer: 'The panman rakes the salt at dawn, before the wind gets up.',
};
export const LOFT: Pair = {
  question: 'Where does the dry salt of Low Marren lie?',
  answer: 'It lies in the loft above the boiling house.',
};
export const THURSDAY: Pair = {
  question: 'On which day does the mule train leave for Harrow Cross?',
  answer: 'The mule train leaves on Thursday.',
};

/** The same words in another order. */
export const DAWN_TURNED: Pair = {
  question: 'At Low Marren, when does the panman rake the salt?',
  answer: 'He rakes it at dawn, before the wind gets up.',
};
/** The same words, written in another way. */
export const DAWN_AGAIN: Pair = { ...DAWN, question: 'When does the panman rake the salt, at Low Marren?' };
export const PANS_AGAIN: Pair = {
  question: 'How many PANS do the salt works at Low Marren have...?',
  answer: 'There are nine.',
};

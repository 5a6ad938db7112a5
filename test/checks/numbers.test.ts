import { isNumberWord, numbersIn, withoutEnumeration, withoutListMarkers } from '../../src/checks/numbers.js';

describe('numbersIn', () => {
  it.each([
    ['1,482 bricks', ['1482']],
    ['1.482 Ziegel und 1 482 briques, 1’482 Ziegel', ['1482', '1482', '1482']],
    ['0.125 and 2,5', ['0.125', '2.5']],
    ['118,218.50', ['118218.50']],
    ['in 1852, 300 men', ['1852', '300']],
    ['from 9:30 to 16:00', ['9:30', '16:00']],
    ['−5 °C to 43 °C, 1914-18', ['-5', '43', '1914', '18']],
    ['The 19th of May', ['19']],
    ['three ships, vier Schiffe, cinq navires', ['3', '4', '5']],
    ['٤٢٠ نخلة', ['420']],
    ['１２月', ['12']],
    ['十七个桥孔', ['十七']],
    ['no number', []],
  ])('%s', (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers);
  });
});

it('takes counters of lists away, but no number that is said', () => {
  expect(withoutListMarkers('1. Mix\n2) Bake for 5 minutes\n1852.')).toBe('Mix\nBake for 5 minutes\n1852.');
});

it('takes words that count the parts of a text away, but none that counts something', () => {
  expect(withoutEnumeration('First, mix. Second, bake for two hours. The second oven is hot.')).toBe(
    ', mix. , bake for two hours. The second oven is hot.',
  );
});

it.each([
  ['three', true],
  ['十七', true],
  ['onze', true],
  ['三畳', false],
  ['throne', false],
  ['', false],
])('tells whether a word is a number: %s', (word, is) => {
  expect(isNumberWord(word)).toBe(is);
});

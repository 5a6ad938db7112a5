import { sameWord } from '../../src/checks/word-forms.js';

describe('two forms of a word, or two words for one thing', () => {
  it.each([
    ['damage', 'damaged'],
    ['oil', 'oiled'],
    ['sit', 'sitting'],
    ['made', 'make'],
    ['geprüft', 'prüfen'],
    ['zugefüttert', 'zufüttern'],
    ['löst', 'lösen'],
    ['которая', 'которые'],
    ['والجمال', 'الجمال'],
    ['수영장', '수영장은'],
    ['km', 'kilometers'],
    ['%', 'percent'],
  ])('%s, %s', (left, right) => {
    expect(sameWord(left, right)).toBe(true);
    expect(sameWord(right, left)).toBe(true);
  });
});

describe('two words that only look alike', () => {
  it.each([
    ['sulfate', 'sulfite'],
    ['lead', 'leather'],
    ['below', 'above'],
    ['hurt', 'unhurt'],
    ['km', 'miles'],
    ['mindestens', 'höchstens'],
    ['der', 'dort'],
  ])('%s, %s', (left, right) => {
    expect(sameWord(left, right)).toBe(false);
  });
});

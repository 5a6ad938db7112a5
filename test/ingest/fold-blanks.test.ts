import { foldBlanks, foldColumns } from '../../src/ingest/fold-blanks.js';

describe('foldBlanks', () => {
  it.each([
    ['one  two\t three\n  four', 'one two three four'],
    ['ten\u00a0kilograms', 'ten kilograms'],
    ['half-\nway along', 'half-way along'],
    ['the years 1914-\n1918', 'the years 1914- 1918'],
    ['蜜蜂飞\n得很快，\n  它们', '蜜蜂飞得很快，它们'],
    ['蜜蜂 bees\n蜜蜂', '蜜蜂 bees 蜜蜂'],
  ])('%j becomes %j', (text, folded) => {
    expect(foldBlanks(text)).toBe(folded);
  });
});

describe('foldColumns', () => {
  it('keeps columns apart', () => {
    expect(foldColumns('Hive 1      18  kg\t24 kg')).toBe('Hive 1  18 kg  24 kg');
  });
});

import { countTokens as countBytePairs } from 'gpt-tokenizer/encoding/cl100k_base';
import { foldBlanks } from '../../src/ingest/fold-blanks.js';
import { countTokens } from '../../src/ingest/tokens.js';
import { mixedText } from './random-texts.js';

const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

describe('countTokens', () => {
  it.each([
    '',
    "The queen lays 1,500 to 2,000 eggs a day; it isn’t much, she'd say.",
    'Ends here.\n\nBegins there.\nAnd goes on.',
    'Year\tHive 1   Hive 2\n2022\t  18 kg\r\n\r\n  indented\n',
    'Die Bienen fliegen früh aus – bei 10 °C.',
    '蜜蜂在春天开始飞行，它们寻找花蜜。',
    'هل أنت بخير؟ نعم.',
    '👩‍👩‍👧‍👦 and 🐝🇩🇪',
    'said <|endoftext|> and <|fim_prefix|><|endoftext|>',
    '{"key": [1, 22, 333, 4444]}',
  ])('counts as the tokenizer does: %j', (text) => {
    expect(countTokens(text)).toBe(countBytePairs(text, PLAIN_TEXT));
  });

  it('counts the parts of a run that the tokenizer would take minutes for', () => {
    const tokensOfPart = countBytePairs('a'.repeat(256));
    expect(countTokens('a'.repeat(256 * 4000))).toBe(4000 * tokensOfPart);
  });

  it.each([1, 2, 3])('counts a mix of scripts, marks and odd characters as the tokenizer does, number %d', (seed) => {
    const text = foldBlanks(mixedText(seed, 4000));
    expect(countTokens(text)).toBe(countBytePairs(text, PLAIN_TEXT));
  });
});

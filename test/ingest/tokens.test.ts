import { countTokens as countBytePairs } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens } from '../../src/ingest/tokens.js';
import { mixedText, random, repeat, word } from './random-texts.js';

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
    const tokensOfPart = countBytePairs('a'.repeat(64));
    expect(countTokens('a'.repeat(64 * 16_000))).toBe(16_000 * tokensOfPart);
  });

  it('counts any text as the tokenizer does, also with more words than it remembers', () => {
    const next = random(1);
    const words = repeat(400_000, () => word(next, ['a', 'z'], 10), ' ');
    const texts = [words.slice(0, 200_000), mixedText(1, 5000), words.slice(-200_000)];
    const counted = texts.map((text) => countTokens(text));
    expect(countTokens(words)).toBeGreaterThan(400_000);
    expect(texts.map((text) => countTokens(text))).toEqual(counted);
    expect(counted).toEqual(texts.map((text) => countBytePairs(text, PLAIN_TEXT)));
  });
});

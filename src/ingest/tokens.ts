import { countTokens as countBytePairs, setMergeCacheSize } from 'gpt-tokenizer/encoding/cl100k_base';

/** Texts may hold `<|endoftext|>` and its like; the tokenizer would throw, here they are plain characters. */
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** The tokenizer's time grows with the square of a run without blanks: 200,000 times `a` took 42 s. A longer one is cut. */
const LONGEST_WORD = 256;

/** Most words come again and again; looking them up is far quicker than counting. Both bounds hold memory at about 10 MB. */
const MOST_KNOWN_WORDS = 100_000;
const LONGEST_KNOWN_WORD = 32;
const knownWords = new Map<string, number>();

/** The tokenizer need not remember the same words once more: over a text of 100 MB that came to 100 MB. */
setMergeCacheSize(0);

/**
 * Tokens of a text by the cl100k encoding, with no character treated as special. Exact for text whose blanks are
 * folded, but for words of over 256 characters, which are counted in parts and may come out a few tokens higher.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (let start = 0, end: number; start < text.length; start = end) {
    end = nextWord(text, start);
    const word = text.slice(start, end);
    tokens += knownWords.get(word) ?? countWord(copyOf(word));
  }
  return tokens;
}

/** Where the next word begins: a word takes the one blank before it along, and cl100k never merges over that border. */
function nextWord(text: string, from: number): number {
  let blank = text.indexOf(' ', from + 1);
  if (blank === -1) return text.length;
  while (text[blank + 1] === ' ') blank++;
  return blank;
}

function countWord(word: string): number {
  let tokens = 0;
  for (let at = 0; at < word.length; at += LONGEST_WORD) {
    tokens += countBytePairs(word.slice(at, at + LONGEST_WORD), PLAIN_TEXT);
  }
  if (word.length <= LONGEST_KNOWN_WORD) remember(word, tokens);
  return tokens;
}

function remember(word: string, tokens: number): void {
  if (knownWords.size >= MOST_KNOWN_WORDS) knownWords.clear();
  knownWords.set(word, tokens);
}

/** A slice that is remembered would keep the whole text that it was taken from in memory. */
function copyOf(slice: string): string {
  return ` ${slice}`.slice(1);
}

import { isFunctionWord, speaksOfSource, wordsOf } from './words.js';

const ARTICLES = new Set(['the', 'a', 'an']);
const LONGEST_PHRASE = 3;
/** A word before one of these is a verb or an adverb more often than a noun. */
const VERB_LIKE = /(?:s|ed|ly)$/;
/** Singular nouns that only look like verbs are too many to list; these endings are safe. */
const NOUN_ENDING = /(?:ss|us|is|ness|ings|ors|ers|ions|ments)$/;

/** What a sentence is about, as a noun phrase that fits after "about"; `undefined` where no word says anything. */
export function topicOf(sentence: string): string | undefined {
  const phrases = nounPhrases(sentence);
  const [first, last] = [phrases[0], phrases.at(-1)];
  if (first !== undefined && last !== undefined) return first === last ? first : `${first} and ${last}`;
  const words = keyWords(sentence).slice(0, 2);
  return words.length === 0 ? undefined : words.join(' and ');
}

/** Longer ones are addresses or runs of signs. */
const LONGEST_WORD = 30;

/** The words that say most, the longest first, each once. */
export function keyWords(text: string): string[] {
  const words = wordsOf(text).filter(
    (word) => !isFunctionWord(word) && word.length <= LONGEST_WORD && !speaksOfSource(word) && /\p{L}/u.test(word),
  );
  return [...new Set(words)].sort((left, right) => right.length - left.length);
}

/** Names in mid-sentence, and what follows an article: `the northern coast`. */
function nounPhrases(sentence: string): string[] {
  const tokens = sentence.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [];
  const phrases = new Set<string>();
  for (let index = 0; index < tokens.length; index += 1) {
    const phrase = phraseAt(tokens, index);
    if (phrase === undefined) continue;
    phrases.add(phrase.text);
    index += phrase.length - 1;
  }
  return [...phrases];
}

function phraseAt(tokens: string[], index: number): { text: string; length: number } | undefined {
  const token = tokens[index] ?? '';
  if (index > 0 && isName(token)) {
    const name = takeWhile(tokens, index, isName);
    return { text: name.slice(0, LONGEST_PHRASE).join(' '), length: name.length };
  }
  if (!ARTICLES.has(token.toLowerCase())) return undefined;
  const run = takeWhile(tokens, index + 1, isContentWord);
  if (run.length === 0) return undefined;
  const next = tokens[index + 1 + run.length] ?? '';
  const words = withoutVerb(run, isFunctionWord(next)).slice(0, LONGEST_PHRASE);
  return { text: [token.toLowerCase(), ...words].join(' '), length: 1 + run.length };
}

/**
 * `young queen leaves` -> `young queen`: what looks like a verb is taken for one, but not at the end of a clause,
 * where nouns stand (`the black rocks.`).
 */
function withoutVerb(run: string[], goesOn: boolean): string[] {
  const last = goesOn ? run.length : run.length - 1;
  const verb = run.findIndex(
    (word, index) => index > 0 && index < last && VERB_LIKE.test(word) && !NOUN_ENDING.test(word),
  );
  return verb === -1 ? run : run.slice(0, verb);
}

function takeWhile(tokens: string[], from: number, fits: (token: string) => boolean): string[] {
  const end = tokens.findIndex((token, index) => index >= from && !fits(token));
  return tokens.slice(from, end === -1 ? undefined : end);
}

function isName(token: string): boolean {
  return /^\p{Lu}\p{Ll}/u.test(token) && !isFunctionWord(token);
}

function isContentWord(token: string): boolean {
  return /^[\p{L}\p{N}]/u.test(token) && !isFunctionWord(token);
}

import { findMentions, type Mention } from './mention.js';

/** What a phrase says: one word of the step, `unclear` if it can be taken in two ways, `undefined` if it says nothing. */
export interface PhraseReader<Word extends string> {
  (phrase: string): Word | 'unclear' | undefined;
  /** The word that leaves no room for a fault. */
  faultless: Word;
}

/** The two words of a verdict. `no` is `yes` with a prefix, as in `accurate` and `inaccurate`. */
export interface VerdictWords<Word extends string> {
  yes: Word;
  no: Word;
  /** Another wording that says no. */
  alsoNo?: RegExp;
}

type Said = 'yes' | 'no' | 'unclear' | undefined;

/** Two verdicts side by side are a choice, as in the instruction that asks for one. */
const CHOICE = /^[^\p{L}\p{N}]*(?:or|and|vs|versus)?[^\p{L}\p{N}]*(?:verdict[^\p{L}\p{N}]*)?$/iu;

const SECOND_THOUGHTS =
  /\b(?:actually|wait|correction|corrected|on second thoughts?|on reflection|rather|scratch|overall|therefore|in fact|after all|revised?|changed|now|instead)\b/i;

/** Reads a phrase for one of two words, negative wordings first. */
export function twoWayReader<Word extends string>(words: VerdictWords<Word>): PhraseReader<Word> {
  const read = (phrase: string) => {
    const said = saidBy(phrase, findMentions(phrase, words.yes), words.alsoNo);
    return said === 'yes' || said === 'no' ? words[said] : said;
  };
  return Object.assign(read, { faultless: words.yes });
}

function saidBy(phrase: string, mentions: readonly Mention[], alsoNo: RegExp | undefined): Said {
  const said = saidByMentions(phrase, mentions);
  if (alsoNo === undefined || !alsoNo.test(phrase)) return said;
  return said === 'yes' ? 'unclear' : 'no';
}

function saidByMentions(phrase: string, mentions: readonly Mention[]): Said {
  const [first] = mentions;
  if (first === undefined) return undefined;
  if (offersChoice(phrase, mentions)) return 'unclear';
  const chosen = first.head ? first : mentions.find(({ predicate }) => predicate);
  if (chosen === undefined) return undefined;
  const others = mentions.filter((mention) => mention !== chosen);
  return others.every((other) => agrees(phrase, chosen, other)) ? plainSign(chosen) : 'unclear';
}

/**
 * Beside a yes stands no no, unless denied: `accurate, nothing in it is inaccurate`. A no that opens its phrase may have
 * any reason behind it, `inaccurate: one claim is accurate, the other is not`, but no second thoughts.
 */
function agrees(phrase: string, chosen: Mention, other: Mention): boolean {
  if (other.sign === chosen.sign) return true;
  if (chosen.sign !== 'no') return chosen.sign === 'yes' && other.sign === 'denied no';
  return chosen.head ? !SECOND_THOUGHTS.test(phrase.slice(chosen.end, other.start)) : other.attributive;
}

/** A no that is only denied is no yes. */
function plainSign({ sign }: Mention): Said {
  return sign === 'denied no' ? 'unclear' : sign;
}

function offersChoice(phrase: string, mentions: readonly Mention[]): boolean {
  return mentions.some((mention, index) => {
    const next = mentions[index + 1];
    return next !== undefined && next.sign !== mention.sign && CHOICE.test(phrase.slice(mention.end, next.start));
  });
}

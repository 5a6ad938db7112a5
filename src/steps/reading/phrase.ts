/** What a phrase says: one word of the step, `unclear` if it can be taken in two ways, `undefined` if it says nothing. */
export type PhraseReader<Word extends string> = (phrase: string) => Word | 'unclear' | undefined;

/** The two words of a verdict. `no` is `yes` with a prefix, as in `accurate` and `inaccurate`. */
export interface VerdictWords<Word extends string> {
  yes: Word;
  no: Word;
  /** Another wording that says no. */
  alsoNo?: RegExp;
}

type Sign = 'yes' | 'no' | 'unclear';

/** One place where the word stands. */
interface Mention {
  sign: Sign;
  /** It opens the phrase and says all of it: `not accurate`, `Highly relevant, because ...`. */
  head: boolean;
  /** It is said of something: `the answer is accurate`, not `an accurate date`. */
  predicate: boolean;
  start: number;
  end: number;
}

const NEGATION =
  /\b(?:not|cannot|no longer|never|neither|nor|hardly|barely|scarcely|less|far from|fails?|failed|lacks?|non)\b|n't\b/i;
/** Enough to make an utterance doubtful: `no claim is accurate`, `no irrelevant detail`. */
const ANY_NEGATION = /\b(?:no|not|nothing|without|never|none|neither|nor|any|cannot|free of)\b|n't\b/i;
const NOT_ONLY = /\bnot (?:only|just|merely)\b/i;
const HEDGE =
  /\b(?:mostly|partly|partial|partially|somewhat|largely|mainly|almost|nearly|fairly|roughly|generally|slightly|marginally|tangentially|half|semi|only|borderline)\b/i;
const HEDGE_AFTER =
  /^\W*(?:mostly|partly|partially|largely|somewhat|in part|in parts|to some extent|to a degree|for the most part)\b/i;
const LIMIT_AFTER =
  /^\W*(?:but|except|only|if|when|although|though|however|unless|apart from|aside from|provided|with (?:a|an|one|some|few|minor|small|slight))\b/i;
const HYPOTHESIS = /\b(?:if|whether|would|could|might|may|should|unless)\b/i;
const CONCESSION = /\b(?:but|except|however|although|though)\b/i;
/** No article between: `is a relevant sentence` says nothing of the whole. */
const COPULA =
  /(?:\b(?:is|are|was|be|being|as|judged|deemed|considered|rated|remains|seems|(?:is|are|was)n't)|'s)\s+(?:(?!(?:an?|the|any|no)\b)[\w'-]+\s+){0,3}$/i;
/** An adverb that neither strengthens nor weakens may turn the sense: `wrongly`, `insufficiently`. */
const ODD_ADVERB =
  /\b(?!(?:entirely|fully|completely|totally|wholly|highly|clearly|directly|factually|perfectly|absolutely|truly|strictly|sufficiently|certainly|definitely|really)\b)[a-z]+ly$/i;
/** `Accurate: no`. */
const DENIED_AFTER = /^\W*[:=?]\W*(?:no|false|n)\W*$/i;
const PERHAPS_DENIED_AFTER = /^\W*[:=?]\W*(?:no|not|none|false)\b|^\s*\?|^\W*\d/i;
/** What may stand before a verdict that opens its phrase. */
const BEFORE_HEAD =
  /^\W*(?:(?:not|is|it's|very|[a-z]+ly|in part|partial|somewhat|almost|less|only|semi|half|non|isn't|for the most part)\b\W*)*$/i;
/** What may stand after it: anything else would make it an adjective, as in `relevant facts are missing`. */
const AFTER_HEAD =
  /^\s*(?:$|[.,;:!?()[\]/|…\u2010-\u2015✓✅❌✗]|\s-|-(?!\w)|(?:because|since|as|for|given|to|overall|in|and|or|with|enough|but|except|only|if|although|though|mostly|partly|partially|apart)\b)/i;
/** Two verdicts side by side are a choice, as in the instruction that asks for one. */
const CHOICE = /^\W*(?:or|and|vs|versus)?\W*(?:verdict\W*)?$/i;

/** How many words before the word a negation or a hedge reaches. */
const NEGATION_REACH = 5;
const HEDGE_REACH = 3;

/** Reads a phrase for one of two words, negative wordings first. */
export function twoWayReader<Word extends string>(words: VerdictWords<Word>): PhraseReader<Word> {
  const pattern = new RegExp(`\\b(un|in|ir|im|non-?)?${words.yes}\\b`, 'gi');
  return (phrase) => {
    const sign = signOf(phrase, findMentions(phrase, pattern), words.alsoNo);
    return sign === 'yes' || sign === 'no' ? words[sign] : sign;
  };
}

function signOf(phrase: string, mentions: readonly Mention[], alsoNo: RegExp | undefined): Sign | undefined {
  const sign = signOfMentions(phrase, mentions);
  if (alsoNo === undefined || !alsoNo.test(phrase)) return sign;
  return sign === 'yes' ? 'unclear' : 'no';
}

function signOfMentions(phrase: string, mentions: readonly Mention[]): Sign | undefined {
  const [first, ...others] = mentions;
  if (first === undefined) return undefined;
  if (offersChoice(phrase, mentions)) return 'unclear';
  if (first.head) return first.sign === 'yes' && others.some(({ sign }) => sign !== 'yes') ? 'unclear' : first.sign;
  return signOfSentence(phrase, mentions);
}

/** A whole sentence counts only if it says its word of something, in one sense and without conditions. */
function signOfSentence(phrase: string, mentions: readonly Mention[]): Sign | undefined {
  const said = mentions.find(({ predicate }) => predicate);
  if (said === undefined) return undefined;
  if (HYPOTHESIS.test(phrase) || mentions.some(({ sign }) => sign !== said.sign)) return 'unclear';
  return said.sign === 'yes' && CONCESSION.test(phrase) ? 'unclear' : said.sign;
}

function offersChoice(phrase: string, mentions: readonly Mention[]): boolean {
  return mentions.some((mention, index) => {
    const next = mentions[index + 1];
    return next !== undefined && next.sign !== mention.sign && CHOICE.test(phrase.slice(mention.end, next.start));
  });
}

function findMentions(phrase: string, pattern: RegExp): Mention[] {
  return [...phrase.matchAll(pattern)].map((match) => {
    const before = phrase.slice(0, match.index);
    const after = phrase.slice(match.index + match[0].length);
    return {
      sign: match[1] === undefined ? signOfYes(before, after) : signOfNo(before, after),
      head: BEFORE_HEAD.test(before) && AFTER_HEAD.test(after),
      predicate: COPULA.test(before),
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** The prefixed word: a no, unless it is itself denied. */
function signOfNo(before: string, after: string): Sign {
  return ANY_NEGATION.test(clauseEnd(before)) || PERHAPS_DENIED_AFTER.test(after) ? 'unclear' : 'no';
}

function signOfYes(before: string, after: string): Sign {
  const clause = clauseEnd(before);
  if (NOT_ONLY.test(clause)) return 'unclear';
  if (HEDGE.test(lastWords(clause, HEDGE_REACH)) || HEDGE_AFTER.test(after)) return 'no';
  if (NEGATION.test(lastWords(clause, NEGATION_REACH)) || DENIED_AFTER.test(after)) return 'no';
  const doubtful =
    ANY_NEGATION.test(clause) ||
    ODD_ADVERB.test(clause.trim()) ||
    LIMIT_AFTER.test(after) ||
    PERHAPS_DENIED_AFTER.test(after);
  return doubtful ? 'unclear' : 'yes';
}

function clauseEnd(before: string): string {
  return before.split(/[.;:!?,(\n\u2013\u2014]/).at(-1) ?? '';
}

function lastWords(clause: string, count: number): string {
  return clause.trim().split(/\s+/).slice(-count).join(' ');
}

/** The words around the word of a verdict that turn, weaken or bind it. `after` and `before` are what stands beside it. */

/** Matches the words where they stand alone; `\b` would take the letters of other scripts for blanks. */
function anyOf(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'iu');
}

export const NEGATION = anyOf(
  'not|cannot|never|neither|nor|hardly|barely|scarcely|less|far from|fails?|failed|lacks?|non|no longer|by no means|' +
    "in no way|nowhere near|anything but|(?:is|are|was|were|does|do|did|can|ca|wo|ai|could|should)n't",
);
/** Enough to make an utterance doubtful: `no claim is accurate`. */
export const ANY_NEGATION = anyOf("no|not|nothing|without|never|none|neither|nor|any|cannot|free of|\\p{L}+n't");
/** Two denials that make no yes: `nothing but irrelevant details`. */
export const NOT_ONLY = anyOf('(?:not|nothing|none|no \\p{L}+) (?:only|just|merely|but|even)');
/** Neither a yes nor a no follows from what somebody doubts, or calls by another name. */
export const DOUBT = anyOf(
  "unsure|uncertain|(?:not|n't) (?:sure|certain|clear|obvious|true|convinced|possible)|doubt\\p{L}*|unlikely|likely|untrue|" +
    '(?:wrong|false|mistake|hard|difficult|impossible|unable) (?:to|that)|no less|opposite|contrary|so-called|instead of|' +
    'perhaps|maybe|depends|ought|meant|expected|needs?|pretend\\p{L}*|claims? (?:to|that)|refus\\p{L}+|' +
    'supposed(?:ly)?|seemingly|apparently|allegedly|wrongly|falsely|mistakenly|incorrectly|unjustly',
);
/** No yes follows where something is amiss, or where things are compared. */
export const FAULT = anyOf(
  'false|wrong|mistakes?|mistaken|errors?|unclear|missing|more|better|too|rather|quite|pretty|kind of|sort of',
);
export const HEDGE = anyOf(
  'mostly|partly|partial|partially|in part|somewhat|largely|mainly|almost|nearly|fairly|roughly|generally|slightly|' +
    'marginally|tangentially|half|semi|only|borderline|to (?:some|a (?:large|certain|great|limited)) (?:extent|degree)|' +
    'more or less|close to|in (?:most|many|some|several) \\p{L}+',
);
export const HEDGE_AFTER =
  /^[^\p{L}\p{N}]*(?:mostly|partly|partially|largely|somewhat|in part|in parts|to some extent|to a degree|for the most part)\b/iu;
export const LIMIT_AFTER =
  /^[^\p{L}\p{N}]*(?:but|except|only|if|however|unless|apart from|aside from|provided|with (?:an?|one|some|few|minor|small|slight))\b|^[\s,]*(?:although|though|when|enough|yet|as possible|as can)\b/iu;
/** A limit in the same clause: `relevant in topic but not in detail`. A reason begins a new one. */
export const CONCESSION_AFTER =
  /^(?:(?!\b(?:because|since|as)\b|\s-)[^.:;!?\n(\u2013\u2014])*?\b(?:but|yet|except|however|although|though|otherwise)\b/iu;
export const HYPOTHESIS = anyOf('if|whether|would|could|might|may|should|unless|supposing|assuming|imagine');
/** What may stand between `is` and its word, and before a word that opens its phrase. All else may turn the sense. */
const ADVERBS =
  'not|never|neither|nor|cannot|hardly|barely|scarcely|no longer|by no means|in no way|nowhere near|anything but|far from|' +
  'less(?: than)?|at all|even|very|quite|rather|more|too|so|also|both|still|thus|therefore|hence|indeed|in fact|all|' +
  '100 ?%|in part|partial|somewhat|almost|only|semi|half|non|borderline|for the most part|more or less|close to|' +
  'to (?:some|a (?:large|certain|great|limited)) (?:extent|degree)|in (?:most|many|some|several) [a-z]+|[a-z]+ly|' +
  "is|it's|was|be|to be|being|(?:is|was|does|can|are)n't|called|considered|deemed|judged|rated|found";
/** No article before the word: `is a relevant sentence` says nothing of the whole. */
export const COPULA = new RegExp(
  '(?:(?<![\\p{L}\\p{N}])(?:is|are|was|be|being|as|judged|deemed|considered|rated|remains|seems|mak(?:es?|ing) (?:it|this)|' +
    "render(?:s|ing) (?:it|this)|(?:judge|find|consider|rate|deem|call) (?:it|this|(?:the|this) \\p{L}+)|(?:is|are|was)n't|" +
    `fails to be)|'s)\\s*:?\\s+(?:(?:${ADVERBS})[\\s-]+){0,3}[^\\p{L}\\p{N}.,;:!?()]*$`,
  'iu',
);
/** An adverb that neither strengthens nor weakens may turn the sense: `wrongly`, `insufficiently`. */
export const ODD_ADVERB =
  /\b(?!(?:entirely|fully|completely|totally|wholly|highly|clearly|directly|factually|perfectly|absolutely|truly|strictly|sufficiently|certainly|definitely|really)\b)[a-z]+ly$/i;
/** `Accurate: no`. */
export const DENIED_AFTER = /^\W*[:=?]\W*(?:no|false|n)\W*$/i;
export const PERHAPS_DENIED_AFTER =
  /^[^\p{L}\p{N}]*(?:\[\s*\]|\(\s+\)|[☐□⬜])|^\W*[:=?]\W*(?:no|not|none|false)\b|^\s*\?|^\W*\d|^\W*[:=]\W*[❌✗✘]|^\W*(?:no|not|none|never|nope|nothing|hardly|barely|scarcely|false|incorrect|wrong|untrue|missing|lacking|irony|ironically)(?: (?:at all|really|quite|even|so))?\W*$/iu;
export const CROSS = /[❌✗✘🚫👎]/u;
/** What may stand before a verdict that opens its phrase. */
export const BEFORE_HEAD = new RegExp(`^[^\\p{L}\\p{N}]*(?:(?:${ADVERBS})(?![\\p{L}\\p{N}])[^\\p{L}\\p{N}]*)*$`, 'iu');
/** What may stand after it: anything else would make it an adjective, as in `relevant facts are missing`. */
export const AFTER_HEAD =
  /^\s*(?:$|[.,;:=!?()[\]/|…\u2010-\u2015\p{Extended_Pictographic}✓✗✘]|\s-|-(?![\p{L}\p{N}])|(?:because|since|as|for|given|to|overall|in|and|or|with|enough|but|except|only|if|although|though|mostly|partly|partially|apart)\b)/iu;
/** After a predicate there is more that is no noun. */
export const AFTER_PREDICATE =
  /^\s+(?:regarding|concerning|on|about|of|when|while|within|by|at|from|under|which|that|here|enough|so)\b/i;

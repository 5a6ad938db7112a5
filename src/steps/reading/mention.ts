import {
  AFTER_HEAD,
  AFTER_PREDICATE,
  ANY_NEGATION,
  BEFORE_HEAD,
  CONCESSION_AFTER,
  COPULA,
  CROSS,
  DENIED_AFTER,
  DOUBT,
  FAULT,
  HEDGE,
  HEDGE_AFTER,
  HYPOTHESIS,
  LIMIT_AFTER,
  NEGATION,
  NOT_ONLY,
  ODD_ADVERB,
  PERHAPS_DENIED_AFTER,
} from './verdict-wording.js';

/** `denied no`: `not irrelevant`, which is no clear yes either. */
export type Sign = 'yes' | 'no' | 'denied no' | 'unclear';

/** One place where the word of a verdict stands. */
export interface Mention {
  sign: Sign;
  /** It opens the phrase and says all of it: `not accurate`, `Highly relevant, because ...`. */
  head: boolean;
  /** It is said of something: `the answer is accurate`, not `an accurate date`. */
  predicate: boolean;
  /** It goes with a noun: `the relevant line`. */
  attributive: boolean;
  start: number;
  end: number;
}

/** How many words before the word a negation or a hedge reaches. */
const NEGATION_REACH = 5;
const HEDGE_REACH = 4;

/** Every place where `yes` stands, with or without the prefix that makes it a no; `in-accurate` is one word, too. */
export function findMentions(phrase: string, yes: string): Mention[] {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])((?:un|in|ir|im|non)[-\u2010\u2011]?)?${yes}(?![\\p{L}\\p{N}])`,
    'giu',
  );
  return [...phrase.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length;
    const before = phrase.slice(0, match.index).replace(/\s*:\s*$/, ' ');
    return mentionBetween(before, phrase.slice(end), match[1] !== undefined, { start: match.index, end });
  });
}

function mentionBetween(
  before: string,
  after: string,
  prefixed: boolean,
  place: { start: number; end: number },
): Mention {
  const head = BEFORE_HEAD.test(before) && AFTER_HEAD.test(after);
  const attributive = !AFTER_HEAD.test(after) && !AFTER_PREDICATE.test(after);
  const clause = head ? before : clauseEnd(before);
  const sign = prefixed ? signOfNo(clause, after) : signOfYes(clause, after);
  const predicate = !attributive && COPULA.test(before);
  const supposed = predicate && !head && HYPOTHESIS.test(`${clause} ${statementEnd(after)}`);
  return { sign: supposed ? 'unclear' : sign, head, predicate, attributive, ...place };
}

/** The prefixed word: a no, unless it is itself denied. */
function signOfNo(clause: string, after: string): Sign {
  if (NOT_ONLY.test(clause) || DOUBT.test(clause) || PERHAPS_DENIED_AFTER.test(after)) return 'unclear';
  return ANY_NEGATION.test(clause) || NEGATION.test(clause) ? 'denied no' : 'no';
}

function signOfYes(clause: string, after: string): Sign {
  if (NOT_ONLY.test(clause) || DOUBT.test(clause)) return 'unclear';
  if (HEDGE.test(lastWords(clause, HEDGE_REACH)) || HEDGE_AFTER.test(after)) return 'no';
  if (NEGATION.test(lastWords(clause, NEGATION_REACH)) || DENIED_AFTER.test(after)) return 'no';
  return isDoubtful(clause, after) ? 'unclear' : 'yes';
}

function isDoubtful(clause: string, after: string): boolean {
  if (FAULT.test(clause) || ANY_NEGATION.test(clause) || ODD_ADVERB.test(clause.trim())) return true;
  if (LIMIT_AFTER.test(after) || CONCESSION_AFTER.test(after) || PERHAPS_DENIED_AFTER.test(after)) return true;
  if (/\bas\s*$/i.test(clause) && /^\s+as\b/i.test(after)) return true;
  return CROSS.test(clause) || CROSS.test(after.slice(0, 4));
}

function clauseEnd(before: string): string {
  return before.split(/[.;:!?,(\n\u2013\u2014]/).at(-1) ?? '';
}

/** What still belongs to the statement: a reason does not. */
function statementEnd(after: string): string {
  return after.split(/[.;:!?\n(\u2013\u2014]|\b(?:because|since|as|given)\b/i, 1)[0] ?? '';
}

function lastWords(clause: string, count: number): string {
  return clause.trim().split(/\s+/).slice(-count).join(' ');
}

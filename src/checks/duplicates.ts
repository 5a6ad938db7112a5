import { countNegations } from './negations.js';
import { numbersIn } from './numbers.js';
import { STOP_WORDS } from './stop-words.js';

/** At this share of common words, and with the same facts, two questions ask the same. */
const DUPLICATE_OVERLAP = 0.9;

/** Scripts that write no spaces between words: pairs of characters take the place of words. */
const SPACELESS_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/** `1,482` and `1482` are one word. */
const GROUP_MARK = /(?<=\d)[.,](?=\d{3}(?!\d))/g;

/**
 * The earlier question that `question` nearly repeats, if any: the same words but for letter case, punctuation and
 * white space, or at least DUPLICATE_OVERLAP of them in the same order. Two questions that differ in a number, a name
 * or a negation are never duplicates.
 *
 * Runs inside workflow code: only Unicode property classes, no `Intl`, whose data differ between Node versions.
 */
export function findDuplicate(question: string, earlier: readonly string[]): string | undefined {
  return earlier.find((other) => repeats(question, other));
}

function repeats(question: string, other: string): boolean {
  const left = tokensOf(question);
  const right = tokensOf(other);
  if (left.length === 0 || right.length === 0) return question.trim() === other.trim();
  if (left.join(' ') === right.join(' ')) return sameBag(numbersIn(question), numbersIn(other));
  return (
    bagOverlap(left, right) >= DUPLICATE_OVERLAP &&
    sameFacts(question, other) &&
    orderOverlap(left, right) >= DUPLICATE_OVERLAP
  );
}

function tokensOf(text: string): string[] {
  const spaced = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(GROUP_MARK, '')
    .replace(SPACELESS_RUN, (run) => ` ${bigrams(run).join(' ')} `);
  return spaced.match(/[\p{L}\p{M}\p{N}]+[+#]*/gu) ?? [];
}

function bigrams(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** Jaccard index of two multisets of words. */
function bagOverlap(left: string[], right: string[]): number {
  const rest = countOf(right);
  const common = left.filter((token) => take(rest, token)).length;
  return common / (left.length + right.length - common);
}

function countOf(tokens: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, token: string): boolean {
  const left = counts.get(token) ?? 0;
  counts.set(token, left - 1);
  return left > 0;
}

/**
 * The share of words that stand in the same order. A phrase moved from the end to the front ("In 1852, how many ...")
 * asks the same, words that change places within ("How does heat affect pressure?") do not: so every rotation counts.
 */
function orderOverlap(left: string[], right: string[]): number {
  const overlaps = right.map((_, start) => {
    const common = longestCommonSubsequence(left, [...right.slice(start), ...right.slice(0, start)]);
    return common / (left.length + right.length - common);
  });
  return Math.max(...overlaps);
}

function longestCommonSubsequence(left: string[], right: string[]): number {
  let row = right.map(() => 0);
  for (const token of left) {
    const next: number[] = [];
    for (const [at, other] of right.entries()) {
      const extended = token === other ? (row[at - 1] ?? 0) + 1 : 0;
      next.push(Math.max(extended, row[at] ?? 0, next[at - 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function sameFacts(question: string, other: string): boolean {
  return (
    sameBag(numbersIn(question), numbersIn(other)) &&
    sameBag(namesIn(question), namesIn(other)) &&
    countNegations(question) === countNegations(other)
  );
}

function sameBag(left: string[], right: string[]): boolean {
  return left.toSorted().join(' ') === right.toSorted().join(' ');
}

/** Capitalised words; the first word of a question counts unless it is an everyday word such as `Which`. */
function namesIn(text: string): string[] {
  const capitalised = text.normalize('NFKC').match(/(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{L}\p{M}\p{N}]*/gu) ?? [];
  return capitalised.map((word) => word.toLowerCase()).filter((word) => !STOP_WORDS.has(word));
}

import { wholeAnswer } from './carried-pairs.js';
import { forEachExchange } from './dialogue.js';
import type { Reading } from './words.js';

/** What may be, what should be and what must be: words of one strength may stand for one another. */
const STRENGTHS: readonly ReadonlySet<string>[] = [
  'may might can could darf dürfen durfte durften kann können konnte konnten peut peuvent pouvait pouvaient puede pueden podía podían',
  'should ought soll sollen sollte sollten devrait devraient debería deberían',
  'must shall has have had muss müssen musste mussten doit doivent devait devaient debe deben debía debían',
].map((line) => new Set(line.split(' ')));

/** Helping verbs that show their strength only before `to`: "has to wait". */
const BEFORE_TO: ReadonlySet<string> = new Set(['has', 'have', 'had']);

/** Small words of which one in the place of another changes what is said: "salt and ash", "salt or ash". */
const LINKS: readonly ReadonlySet<string>[] = [
  'and or',
  'from to',
  'in into out',
  'und oder',
  'et ou',
  'y e o u',
  'и или',
  'von bis',
].map((line) => new Set(line.split(' ')));

/** Rule 2: what may be does not become what must be. */
export const keepsStrength = forEachExchange((exchange) => {
  const [own, said] = [strengthsIn(exchange.answer), strengthsIn(exchange.answered.said)];
  const lost = [...own].find(([strength]) => !said.has(strength));
  const instead = [...said].find(([strength]) => !own.has(strength));
  return lost && instead && `${wholeAnswer(exchange)}: it says "${instead[1]}", not "${lost[1]}".`;
});

/** Rule 2: no `or` stands where an `and` stood. */
export const keepsLinks = forEachExchange((exchange) => {
  const { answer, answered } = exchange;
  for (const [at, { plain, written }] of answer.words.entries()) {
    const rivals = LINKS.find((links) => links.has(plain));
    const between = rivals ? wordsBetween(answer.words[at - 1]?.plain, answer.words[at + 1]?.plain, answered.said) : [];
    const instead = between.includes(plain) ? undefined : between.find((word) => rivals?.has(word));
    if (instead !== undefined) return `${wholeAnswer(exchange)}: it says "${instead}", not "${written}".`;
  }
  return undefined;
});

/** The strengths that a text shows, each with a word that shows it. */
function strengthsIn({ words }: Reading): Map<number, string> {
  const found = new Map<number, string>();
  for (const [at, { plain, written }] of words.entries()) {
    const word = plain.replace(/n't$|not$/u, '');
    const strength = STRENGTHS.findIndex((one) => one.has(word));
    const shows = strength >= 0 && (!BEFORE_TO.has(word) || words[at + 1]?.plain === 'to');
    if (shows) found.set(strength, written);
  }
  return found;
}

/** The words that stand alone between two others. */
function wordsBetween(before: string | undefined, after: string | undefined, { words }: Reading): string[] {
  if (before === undefined || after === undefined) return [];
  return words
    .filter((_, at) => words[at - 1]?.plain === before && words[at + 1]?.plain === after)
    .map(({ plain }) => plain);
}

import type { Pair } from '../../records.js';
import type { Draw, NonEmpty } from '../draw.js';

/** A faulty form of a conversation's pairs, or `undefined` where these pairs do not lend themselves to the fault. */
type ConversationFault = (pairs: readonly Pair[]) => Pair[] | undefined;

const VAGUE = 'It depends on several things, and opinions differ.';

const vagueAnswer: ConversationFault = (pairs) => replaceLast(pairs, () => VAGUE);

const changedNumber: ConversationFault = (pairs) => {
  const place = pairs.findIndex(({ answer }) => /\d/.test(answer));
  if (place === -1) return undefined;
  return pairs.map((pair, index) => (index === place ? { ...pair, answer: changeNumber(pair.answer) } : pair));
};

const missingPair: ConversationFault = (pairs) => (pairs.length < 2 ? undefined : pairs.slice(0, -1));

const swappedAnswers: ConversationFault = ([first, second, ...rest]) => {
  if (first === undefined || second === undefined || first.answer === second.answer) return undefined;
  return [{ ...first, answer: second.answer }, { ...second, answer: first.answer }, ...rest];
};

const doubledAnswer: ConversationFault = (pairs) => replaceLast(pairs, (answer) => `${answer} ${answer}`);

/** The first third of the words. */
const cutOff: ConversationFault = (pairs) => {
  const words = pairs.at(-1)?.answer.split(' ') ?? [];
  const kept = Math.floor(words.length / 3);
  return kept === 0 ? undefined : replaceLast(pairs, () => words.slice(0, kept).join(' '));
};

const FAULTS: NonEmpty<ConversationFault> = [
  vagueAnswer,
  changedNumber,
  missingPair,
  swappedAnswers,
  doubledAnswer,
  cutOff,
];

/** One fault, drawn among those that these pairs lend themselves to. */
export function spoilPairs(pairs: readonly Pair[], draw: Draw): Pair[] {
  const start = Math.floor(draw('conversation fault kind') * FAULTS.length);
  for (const fault of [...FAULTS.slice(start), ...FAULTS]) {
    const spoiled = fault(pairs);
    if (spoiled !== undefined) return spoiled;
  }
  return [];
}

function replaceLast(pairs: readonly Pair[], change: (answer: string) => string): Pair[] {
  return pairs.map((pair, index) => (index === pairs.length - 1 ? { ...pair, answer: change(pair.answer) } : pair));
}

/** Its first number by one that it does not hold: 1,482 -> 2,482 and the like. */
function changeNumber(answer: string): string {
  for (const digit of '123456789') {
    const changed = answer.replace(/\d/, digit);
    const number = /\d[\d.,]*/.exec(changed)?.[0] ?? '';
    if (!answer.includes(number)) return changed;
  }
  return answer.replace(/\d[\d.,]*/, '99999');
}

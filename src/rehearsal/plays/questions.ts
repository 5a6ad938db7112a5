import type { Pair } from '../../records.js';
import { pick } from '../draw.js';
import type { NonEmpty } from '../draw.js';
import { pairPool, repeatsQuestion } from './pair-pool.js';
import type { Play, Scene } from './scene.js';

const PAIRS_ASKED_FOR = 4;
/** Words of an answer that its dash line of facts repeats. */
const FACT_WORDS = 8;

export const generateQuestions: Play = ({ fields }) => {
  const pairs = pairPool(fields.text, PAIRS_ASKED_FOR);
  const facts = pairs.map(({ answer }) => `- ${answer.split(' ').slice(0, FACT_WORDS).join(' ')}`);
  const list = pairs.map((pair, index) => `${index + 1}. ${formatPair(pair)}`);
  return `${facts.join('\n')}\n\nPairs:\n${list.join('\n\n')}`;
};

const FAULT_NOTES: NonEmpty<string> = [
  '- Fault: it asked for more than is stated, so another fact is asked for.',
  '- Fault: the answer claimed too much, so the new one keeps to one plain statement.',
];

export const regenerateQuestion: Play = (scene) =>
  `${pick(scene.draw, 'notes', FAULT_NOTES)}\n\n${formatPair(newPair(scene))}`;

/**
 * Versions of different questions are written at the same time and do not see each other, so each question has its own
 * share of the pool: of four pairs one.
 */
function newPair({ fields, callId, draw }: Scene): Pair {
  const pool = pairPool(fields.text);
  const start = startInPool(callId) ?? Math.floor(draw('pair') * pool.length);
  const seen = [...fields.taken, ...fields.rejected.map(({ question }) => question)];
  const fresh = turned(pool, start).filter(({ question }) => !repeatsQuestion(question, seen));
  const own = fresh.filter((pair) => pool.indexOf(pair) % PAIRS_ASKED_FOR === start % PAIRS_ASKED_FOR);
  return own[0] ?? fresh[0] ?? pool[start % pool.length] ?? { question: '', answer: '' };
}

function startInPool(callId: string): number | undefined {
  const match = /(?:^|\/)q(\d+)\.v(\d+)\./.exec(callId);
  if (match === null) return undefined;
  const [, question, version] = match;
  return PAIRS_ASKED_FOR * (Number(version) - 1) + Number(question) - 1;
}

function turned(pool: Pair[], start: number): Pair[] {
  const from = start % pool.length;
  return [...pool.slice(from), ...pool.slice(0, from)];
}

function formatPair({ question, answer }: Pair): string {
  return `Question: ${question}\nAnswer: ${answer}`;
}

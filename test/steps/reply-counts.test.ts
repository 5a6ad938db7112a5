import { isDeepStrictEqual } from 'node:util';
import { replyCases } from './reply-cases.js';
import { CONVERSATION_PAIRS, STEP_READERS } from './step-readers.js';

/** A step's readings are worth little if they are tried on a few kinds of replies only. */
const FEWEST_REPLIES = 25;

type StepName = keyof typeof STEP_READERS;
type ReplyCase = ReturnType<typeof replyCases>[number];
type Value = Extract<ReturnType<(typeof STEP_READERS)[StepName]>, { ok: true }>['value'];

const [TALL = '', METRES = '', PAINT = '', HERON = ''] = CONVERSATION_PAIRS.flatMap(({ question, answer }) => [
  question,
  answer,
]);
const AND_PAINT = 'And what did Ada Flint paint on the clock of the Weir tower?';
/** The last four turns where they are not the pairs word by word. */
const REPHRASED: Record<string, string[]> = {
  'the required form': [TALL, METRES, AND_PAINT, HERON],
  'an opener of the assistant': ['Could you tell me how tall the Weir tower is?', `Of course. ${METRES}`, PAINT, HERON],
  'the older heading and an opener': [
    `I was thinking of towers. ${TALL}`,
    `Good question! ${METRES}`,
    AND_PAINT,
    HERON,
  ],
};

function spokenTurns(name: string): { speaker: string; text: string }[] {
  const said = REPHRASED[name] ?? [TALL, METRES, PAINT, HERON];
  return said.map((text, at) => ({ speaker: at % 2 === 0 ? 'User' : 'AI Assistant', text }));
}

/** True if all that is read is what the reply says: pairs, a conversation, a pair, or a verdict with its reason and pair. */
function isRight(value: Value, { name, pairs, questions, pair, turns, verdict, reason }: ReplyCase): boolean {
  if (Array.isArray(value)) {
    return pairs === undefined ? isDeepStrictEqual(value.map(questionOf), questions) : isDeepStrictEqual(value, pairs);
  }
  if ('turns' in value) {
    const spoken = spokenTurns(name);
    return value.turns.length === turns && isDeepStrictEqual(value.turns.slice(-spoken.length), spoken);
  }
  if ('question' in value) return isDeepStrictEqual(value, pair);
  const found = 'pair' in value ? value.pair : undefined;
  const rightReason = reason === undefined || value.reason === reason;
  return verdict === value.verdict && rightReason && isDeepStrictEqual(found, pair);
}

function questionOf({ question }: { question: string }): string {
  return question;
}

/** How many replies of a step are read, refused, and read against what they say. */
function countReadings(step: StepName): { read: number; unusable: number; wrong: string[] } {
  const counts = { read: 0, unusable: 0, wrong: [] as string[] };
  for (const one of replyCases(step)) {
    const parsed = STEP_READERS[step](one.reply);
    if (!parsed.ok) counts.unusable += 1;
    else if (one.unusable === undefined && isRight(parsed.value, one)) counts.read += 1;
    else counts.wrong.push(one.name);
  }
  return counts;
}

it.each<[StepName, { read: number; unusable: number }]>([
  ['judge-paragraph', { read: 50, unusable: 17 }],
  ['generate-questions', { read: 66, unusable: 24 }],
  ['check-question', { read: 51, unusable: 24 }],
  ['check-answer-relevancy', { read: 44, unusable: 16 }],
  ['check-answer-accuracy', { read: 65, unusable: 61 }],
  ['regenerate-question', { read: 41, unusable: 13 }],
  ['revise-context', { read: 46, unusable: 25 }],
  ['write-assistant-conversation', { read: 31, unusable: 19 }],
])('reads the replies of %s, refuses the unclear ones, and none is read wrongly', (step, counts) => {
  expect(replyCases(step).length).toBeGreaterThanOrEqual(FEWEST_REPLIES);
  expect(countReadings(step)).toEqual({ ...counts, wrong: [] });
});

import { replyCases } from './reply-cases.js';
import { STEP_READERS } from './step-readers.js';

/** A step's readings are worth little if they are tried on a few kinds of replies only. */
const FEWEST_REPLIES = 25;

type StepName = keyof typeof STEP_READERS;

/** How many replies of a step are read, refused, and read against what they say. */
function countReadings(step: StepName): { read: number; unusable: number; wrong: number } {
  const counts = { read: 0, unusable: 0, wrong: 0 };
  for (const { reply, unusable, verdict } of replyCases(step)) {
    const parsed = STEP_READERS[step](reply);
    const found = parsed.ok && 'verdict' in parsed.value ? parsed.value.verdict : undefined;
    if (parsed.ok && (unusable !== undefined || found !== verdict)) counts.wrong += 1;
    else if (parsed.ok) counts.read += 1;
    else counts.unusable += 1;
  }
  return counts;
}

it.each<[StepName, { read: number; unusable: number }]>([
  ['judge-paragraph', { read: 50, unusable: 17 }],
  ['generate-questions', { read: 66, unusable: 24 }],
  ['check-question', { read: 50, unusable: 21 }],
  ['check-answer-relevancy', { read: 43, unusable: 17 }],
  ['check-answer-accuracy', { read: 52, unusable: 26 }],
  ['regenerate-question', { read: 41, unusable: 13 }],
  ['revise-context', { read: 42, unusable: 21 }],
  ['write-assistant-conversation', { read: 31, unusable: 19 }],
])('reads the replies of %s, refuses the unclear ones, and none is read wrongly', (step, counts) => {
  expect(replyCases(step).length).toBeGreaterThanOrEqual(FEWEST_REPLIES);
  expect(countReadings(step)).toEqual({ ...counts, wrong: 0 });
});

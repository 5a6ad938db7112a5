import type { Outcome, Pair, PairRecord, QuestionRecord } from '../records.js';
import { reviseContext } from '../steps/revise-context.js';
import type { Ask } from './model-calls.js';
import { repeatedQuestions, standingPair } from './vetting.js';

/** Has each accepted question freed of what leans on its context: kept, reworded or dropped. */
export async function revisePairs(questions: QuestionRecord[], ask: Ask): Promise<PairRecord[]> {
  const accepted = questions.filter((question) => question.state === 'accepted');
  return rejectRepeated(
    await Promise.all(accepted.map((question) => revisePair(question.number, standingPair(question), ask))),
  );
}

async function revisePair(number: number, original: Pair, ask: Ask): Promise<PairRecord> {
  const answer = await ask(reviseContext, {
    item: `q${number}.revise`,
    summary: `q${number}, revise context`,
    input: original,
  });
  const { calls } = answer;
  const dropped = (outcome: Outcome): PairRecord => ({ number, ...outcome, calls });
  if (answer.kind !== 'usable') return dropped({ state: 'failed', step: reviseContext.name, reason: answer.reason });
  const revision = answer.value;
  switch (revision.verdict) {
    case 'pass':
      return { number, state: 'accepted', pair: original, verdict: 'pass', calls };
    case 'reword':
      return { number, state: 'accepted', pair: revision.pair, verdict: 'reword', calls };
    case 'fail':
      return { ...dropped({ state: 'rejected', step: reviseContext.name, reason: revision.reason }), verdict: 'fail' };
  }
}

function rejectRepeated(pairs: PairRecord[]): PairRecord[] {
  const standing = pairs.filter((record) => record.pair !== undefined);
  const repeats = repeatedQuestions(standing.map((record) => record.pair?.question ?? ''));
  const repeatedBy = new Map(standing.map((record, index) => [record.number, repeats[index]]));
  return pairs.map((record) => {
    const repeated = repeatedBy.get(record.number);
    if (repeated === undefined) return record;
    const { pair, ...rest } = record;
    const rewording = record.verdict === 'reword' && pair !== undefined ? { rewording: pair } : {};
    return { ...rest, ...rewording, state: 'rejected', step: 'duplicate', reason: `It repeats: ${repeated}` };
  });
}

import { findDuplicate } from '../checks/duplicates.js';
import { voteItem } from '../ids.js';
import type { CheckName, CheckRecord, Outcome, Pair, QuestionRecord, QuestionVersion, Vote } from '../records.js';
import type { PipelineSettings } from '../run-context.js';
import { checkAnswerAccuracy } from '../steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../steps/check-answer-relevancy.js';
import { checkQuestion } from '../steps/check-question.js';
import { regenerateQuestion } from '../steps/regenerate-question.js';
import type { CheckStep } from '../steps/step.js';
import type { QuestionStanding } from './details.js';
import type { Answer, Ask } from './model-calls.js';
import type { Tally } from '../votes.js';
import { nextRound, voteOutcome } from '../votes.js';

interface Check {
  check: CheckName;
  /** Name of the step that votes. */
  step: string;
  castVote: (pair: Pair, ask: Ask, call: { item: string; summary: string }) => Promise<Vote>;
}

/** In the order in which they are voted on. A call is given what its prompt shows, since all of it goes into the history. */
const CHECKS: readonly Check[] = [
  checkBy('question', checkQuestion, ({ question }) => ({ question })),
  checkBy('relevancy', checkAnswerRelevancy, (pair) => pair),
  checkBy('accuracy', checkAnswerAccuracy, (pair) => pair),
];

function checkBy<Input>(check: CheckName, step: CheckStep<Input>, inputOf: (pair: Pair) => Input): Check {
  return {
    check,
    step: step.name,
    castVote: async (pair, ask, call) => readVote(await ask(step, { ...call, input: inputOf(pair) }), step.yes),
  };
}

/** Vets the generated pairs, all in parallel; a question that repeats an earlier one is rejected. `watch` is told where each stands. */
export async function vetQuestions(
  pairs: Pair[],
  ask: Ask,
  settings: PipelineSettings,
  watch: (standing: QuestionStanding) => void,
): Promise<QuestionRecord[]> {
  const numbered = pairs.map((pair, index) => ({ number: index + 1, pair }));
  const repeats = repeatedQuestions(numbered.map(({ pair }) => pair.question));
  const first = numbered.filter((_, index) => repeats[index] === undefined);
  const vetted = await Promise.all(
    numbered.map(async ({ number, pair }, index) => {
      const repeated = repeats[index];
      if (repeated !== undefined) return duplicateQuestion(number, pair, repeated);
      const siblings = first.filter((other) => other.number !== number).map((other) => other.pair.question);
      return vetQuestion({ number, pair, siblings, ask, settings, watch });
    }),
  );
  return rejectRepeated(vetted);
}

interface VetQuestion {
  number: number;
  pair: Pair;
  /** The other questions of the chunk as first generated. */
  siblings: string[];
  ask: Ask;
  settings: PipelineSettings;
  watch: (standing: QuestionStanding) => void;
}

/** Checks a question; while a check fails, has a better version written, and checks that from the start. */
async function vetQuestion({ number, pair, siblings, ask, settings, watch }: VetQuestion): Promise<QuestionRecord> {
  const versions: QuestionVersion[] = [];
  const calls: string[] = [];
  const end = (outcome: Outcome): QuestionRecord => ({
    number,
    ...outcome,
    versions,
    vetted: settings.doubleCheckCounter > 0,
    calls,
  });

  let current = pair;
  for (;;) {
    const version: QuestionVersion = { pair: current, checks: [] };
    versions.push(version);
    const standing = { number, pair: current, version: versions.length };
    const failed = await runChecks(number, versions.length, version, ask, settings, (check, votes) =>
      watch({ ...standing, check, votes: votes.map(({ vote }) => vote) }),
    );
    if (failed === undefined) return end({ state: 'accepted' });
    if (versions.length === settings.questionVersions) return end(lastVersionFailed(failed));

    watch({ ...standing, version: versions.length + 1, votes: [] });
    const better = await ask(regenerateQuestion, {
      item: `q${number}.v${versions.length + 1}.regenerate`,
      summary: `q${number}, write version ${versions.length + 1}`,
      input: { siblings, rejected: versions.map((each) => ({ pair: each.pair, reasons: reasonsAgainst(each) })) },
    });
    calls.push(...better.calls);
    if (better.kind !== 'usable') return end(noBetterVersion(better, failed));
    current = better.value;
  }
}

/** Runs the checks in order and stops at the first that is not passed, which it returns. */
async function runChecks(
  number: number,
  versionNumber: number,
  version: QuestionVersion,
  ask: Ask,
  settings: PipelineSettings,
  watch: (check: CheckName, votes: readonly Vote[]) => void,
): Promise<CheckRecord | undefined> {
  if (settings.doubleCheckCounter === 0) return undefined;
  for (const { check, castVote } of CHECKS) {
    const cast = (place: number) =>
      castVote(version.pair, ask, {
        item: voteItem(number, versionNumber, check, place),
        summary: `q${number}${versionNumber > 1 ? ` version ${versionNumber}` : ''} ${check}, vote ${place}`,
      });
    const record = await takeVote(check, settings.doubleCheckCounter, cast, (votes) => watch(check, votes));
    version.checks.push(record);
    if (record.outcome !== 'passed') return record;
  }
  return undefined;
}

/** Asks for votes in rounds, each as large as could decide and awaited in full, until the check is decided. */
async function takeVote(
  check: CheckName,
  places: number,
  castVote: (place: number) => Promise<Vote>,
  watch: (votes: readonly Vote[]) => void,
): Promise<CheckRecord> {
  const votes: Vote[] = [];
  for (;;) {
    watch(votes);
    const tally = countVotes(places, votes);
    const outcome = voteOutcome(tally);
    if (outcome !== undefined) return { check, outcome, votes };
    const round = Array.from({ length: nextRound(tally) }, (_, index) => castVote(votes.length + index + 1));
    votes.push(...(await Promise.all(round)));
  }
}

function countVotes(places: number, votes: Vote[]): Tally {
  const count = (vote: Vote['vote']) => votes.filter((each) => each.vote === vote).length;
  return { places, yes: count('yes'), no: count('no'), spoilt: count('unusable') + count('refused') };
}

function readVote(answer: Answer<{ verdict: string; reason: string }>, yes: string): Vote {
  if (answer.kind !== 'usable') return { vote: answer.kind, reason: answer.reason, calls: answer.calls };
  return { vote: answer.value.verdict === yes ? 'yes' : 'no', reason: answer.value.reason, calls: answer.calls };
}

/** Why a version was rejected: the reasons of the votes against it, in vote order. */
function reasonsAgainst(version: QuestionVersion): string[] {
  const failed = version.checks.find((check) => check.outcome !== 'passed');
  return failed === undefined ? [] : reasonsOf(failed);
}

function reasonsOf(check: CheckRecord): string[] {
  const against = check.votes.filter((vote) => vote.vote === 'no').map((vote) => vote.reason);
  return against.length > 0 ? against : [`The ${check.check} check could not be decided.`];
}

function lastVersionFailed(check: CheckRecord): Outcome & { reason: string } {
  if (check.outcome === 'undecided') {
    const unusable = check.votes.findLast((vote) => vote.vote !== 'yes' && vote.vote !== 'no');
    return { state: 'failed', step: stepOf(check), reason: unusable?.reason ?? 'the vote stayed undecided' };
  }
  return rejectedBy(check);
}

/** No usable version came: the question ends as it stood. A provider's refusal leaves it undecided. */
function noBetterVersion(answer: Exclude<Answer<Pair>, { kind: 'usable' }>, check: CheckRecord): Outcome {
  if (answer.kind === 'refused') return { state: 'failed', step: regenerateQuestion.name, reason: answer.reason };
  const outcome = lastVersionFailed(check);
  return { ...outcome, reason: `${outcome.reason}\nNo better version came: ${answer.reason}` };
}

function rejectedBy(check: CheckRecord): Outcome & { reason: string } {
  return { state: 'rejected', step: stepOf(check), reason: reasonsOf(check).join('\n') };
}

function stepOf({ check }: CheckRecord): string {
  return CHECKS.find((each) => each.check === check)?.step ?? check;
}

function duplicateQuestion(number: number, pair: Pair, repeated: string): QuestionRecord {
  return { number, ...duplicateOf(repeated), versions: [{ pair, checks: [] }], vetted: false, calls: [] };
}

function duplicateOf(question: string): Outcome {
  return { state: 'rejected', step: 'duplicate', reason: `It repeats: ${question}` };
}

/** Regeneration may have made two questions alike: the lower number stays. */
function rejectRepeated(questions: QuestionRecord[]): QuestionRecord[] {
  const accepted = questions.filter((question) => question.state === 'accepted');
  const repeats = repeatedQuestions(accepted.map((question) => standingPair(question).question));
  const rejected = new Map(accepted.map((question, index) => [question.number, repeats[index]]));
  return questions.map((question) => {
    const repeated = rejected.get(question.number);
    return repeated === undefined ? question : { ...question, ...duplicateOf(repeated) };
  });
}

/** For each question the earlier one that it nearly repeats; questions that are repeats themselves do not count. */
export function repeatedQuestions(questions: string[]): (string | undefined)[] {
  const kept: string[] = [];
  return questions.map((question) => {
    const repeated = findDuplicate(question, kept);
    if (repeated === undefined) kept.push(question);
    return repeated;
  });
}

/** The version that stands. */
export function standingPair(question: QuestionRecord): Pair {
  const last = question.versions.at(-1);
  if (last === undefined) throw new TypeError(`question ${question.number} has no version`);
  return last.pair;
}

import type { ChunkRecord, ConversationRecord, Outcome, Pair, PairRecord, QuestionRecord, Vote } from '../records.js';
import { indent, wrapText } from '../wrap-text.js';
import type { ChunkAccount, PricedCall } from './chunk-story.js';
import { callLine, totalsLine, wholeCall } from './describe-call.js';

/** A chunk's story as text, from its paragraph to its conversations. Pure. */

export interface StoryOptions {
  /** Characters of a line; at least 40. */
  width: number;
  /** With each call's prompt and reply. */
  calls: boolean;
}

/** What the parts of a story are written with. */
interface Teller {
  /** Paragraphs as lines, so many blanks in. */
  say: (text: string, by?: number) => string[];
  /** A line for each of these calls, and for those that could not be used, why. */
  calls: (ids: readonly string[], by: number) => string[];
}

export function describeStory(account: ChunkAccount, options: StoryOptions): string[] {
  const { record, calls } = account;
  const teller = createTeller(calls, options.width);
  return [
    ...describePlace(account, teller),
    ...(record === undefined
      ? describeUnfinished(account, teller)
      : [...describeJudge(record, teller), ...describeItems(record, teller), ...describeEnd(record, teller)]),
    ...describeTotals(account),
    ...(options.calls ? ['', 'Calls', '', ...calls.flatMap(wholeCall)] : []),
  ];
}

function createTeller(calls: readonly PricedCall[], width: number): Teller {
  const byId = new Map(calls.map((call) => [call.call.id, call]));
  const say = (text: string, by = 0) => indent(wrapText(text, Math.max(20, width - by)), by);
  return {
    say,
    calls: (ids, by) =>
      ids.flatMap((id) => {
        const call = byId.get(id);
        if (call === undefined) return say(`[${id}: not in the journal]`, by);
        const why = call.unusable ?? call.refused;
        return [...say(callLine(call), by), ...(why === undefined ? [] : say(`could not be used: ${why}`, by + 2))];
      }),
  };
}

function describePlace({ chunk, source, textname, ordinal, heading, span, text }: ChunkAccount, { say }: Teller) {
  return [
    ...say(`${textname}, chunk ${ordinal}${heading === undefined ? '' : `: ${heading}`}`),
    chunk,
    ...say(`characters ${span.start} to ${span.end} of ${source}`),
    '',
    ...say(text, 2),
    '',
  ];
}

function describeUnfinished({ calls }: ChunkAccount, teller: Teller): string[] {
  if (calls.length === 0) return ['Not done yet: no call was answered.'];
  return ['Not done yet, or done under other settings. Answered so far:', ...teller.calls(callIds(calls), 2)];
}

function callIds(calls: readonly PricedCall[]): string[] {
  return [...new Set(calls.map(({ call }) => call.id))];
}

function describeJudge({ judge }: ChunkRecord, teller: Teller): string[] {
  if (judge.calls.length === 0) return [];
  const { verdict = 'no verdict', reason = '' } = judge;
  return [...teller.say(`Judged ${verdict}${reason === '' ? '' : `: ${reason}`}`), ...teller.calls(judge.calls, 2), ''];
}

function describeItems({ generate, questions, pairs, conversations }: ChunkRecord, teller: Teller): string[] {
  const asked = generate.calls.length === 0 ? [] : ['Questions written', ...teller.calls(generate.calls, 2), ''];
  const told = questions.flatMap((question) => {
    const pair = pairs.find(({ number }) => number === question.number);
    return [...describeQuestion(question, teller), ...(pair ? describeRevision(pair, teller) : []), ''];
  });
  return [...asked, ...told, ...conversations.flatMap((each) => [...describeConversation(each, teller), ''])];
}

function describeQuestion(question: QuestionRecord, teller: Teller): string[] {
  const { number, versions, vetted, calls } = question;
  const unvetted = vetted || question.state !== 'accepted' ? '' : ', not vetted';
  return [
    ...teller.say(`Question ${number}: ${outcomeText(question)}${unvetted}`),
    ...versions.flatMap(({ pair, checks }, index) => [
      ...(versions.length > 1 ? [`  Version ${index + 1}`] : []),
      // A later version was written by calls of its own.
      ...(index === 0 ? [] : teller.calls(callsOfVersion(calls, number, index + 1), 4)),
      ...describePair(pair, teller, 4),
      ...checks.flatMap(({ check, outcome, votes }) => [
        `    ${check}: ${outcome}`,
        ...votes.flatMap((vote) => describeVote(vote, teller)),
      ]),
    ]),
    ...describeLastTry(question, teller),
  ];
}

function callsOfVersion(calls: readonly string[], number: number, version: number): string[] {
  return calls.filter((call) => call.startsWith(`q${number}.v${version}.`));
}

/** The calls for a version that never came. */
function describeLastTry({ number, versions, calls }: QuestionRecord, teller: Teller): string[] {
  const inVain = callsOfVersion(calls, number, versions.length + 1);
  return inVain.length === 0 ? [] : ['  No better version came', ...teller.calls(inVain, 4)];
}

function describeVote({ vote, reason, calls }: Vote, teller: Teller): string[] {
  return [...teller.say(`${vote}: ${reason}`, 6), ...teller.calls(calls, 8)];
}

function describeRevision(pair: PairRecord, teller: Teller): string[] {
  const reworded = pair.verdict === 'reword' ? (pair.pair ?? pair.rewording) : undefined;
  const verdict = pair.verdict === undefined ? '' : `${pair.verdict}, `;
  return [
    ...teller.say(`Revised: ${verdict}${outcomeText(pair)}`, 2),
    ...(reworded === undefined ? [] : describePair(reworded, teller, 4)),
    ...teller.calls(pair.calls, 4),
  ];
}

function describePair({ question, answer }: Pair, { say }: Teller, by: number): string[] {
  return [...say(`Q  ${question}`, by), ...say(`A  ${answer}`, by)];
}

function describeConversation(item: ConversationRecord, teller: Teller): string[] {
  const { number, order, scene, conversation, calls } = item;
  const { character, scenario } = scene ?? {};
  return [
    ...teller.say(`Conversation ${number}, questions ${order.join(', ')}: ${outcomeText(item)}`),
    ...(character === undefined ? [] : ['  Character', ...teller.say(character.card, 4)]),
    ...(scenario === undefined ? [] : ['  Scene', ...teller.say(scenario.text, 4)]),
    ...(conversation?.turns ?? []).flatMap(({ speaker, text }) => teller.say(`${speaker}: ${text}`, 4)),
    ...teller.calls(calls, 2),
  ];
}

function describeEnd(record: ChunkRecord, { say }: Teller): string[] {
  return record.judge.calls.length === 0 && record.state === 'accepted' ? [] : say(`The chunk: ${outcomeText(record)}`);
}

function outcomeText({ state, step, reason }: Outcome): string {
  return reason === undefined ? state : `${state} at ${step}: ${reason}`;
}

function describeTotals({ totals, others }: ChunkAccount): string[] {
  const more =
    others.calls === 0 ? [] : [`Beside these, under other settings or before a retry: ${totalsLine(others)}`];
  return [totalsLine(totals), ...more];
}

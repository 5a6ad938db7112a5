import { countDropped } from '../accounting.js';
import type { CheckName, ChunkStory, ConversationRecord, Funnel, Outcome, Pair, Vote } from '../records.js';
import { STAGES } from '../records.js';
import { page, plainLine, table } from './markdown.js';
import type { RunProgress } from './messages.js';

/** What the Web UI shows as a workflow's details: a small page in Markdown. Pure. */

/** Where a question stands while it is vetted. */
export interface QuestionStanding {
  number: number;
  pair: Pair;
  /** From 1. */
  version: number;
  /** What it is being checked for; absent before the first check, and while a better version is written. */
  check?: CheckName;
  /** Of that check, as far as they came. */
  votes: readonly Vote['vote'][];
}

export interface ChunkDetails {
  story: ChunkStory;
  /** Of questions that are being vetted. */
  standings: readonly QuestionStanding[];
  outcome?: Outcome;
}

/** Of a chunk from its start on; ended workflows show this also where no worker is at work. */
export function introduceChunk(chunk: string): string {
  return `Its whole story, with every call: \`npx augmentoolkit inspect ${chunk}\``;
}

export function describeChunk({ story, standings, outcome }: ChunkDetails): string {
  const { verdict, reason = '' } = story.judge;
  return page(
    verdict === undefined ? 'Being judged.' : `Judged ${verdict}: ${plainLine(reason)}`,
    describeQuestions(story, standings),
    describeConversations(story.conversations),
    outcome && describeEnd(outcome),
  );
}

function describeEnd({ state, step, reason }: Outcome): string {
  return reason === undefined ? `**${state}**` : `**${state}** at ${step}: ${plainLine(reason)}`;
}

function describeQuestions({ questions, pairs }: ChunkStory, standings: readonly QuestionStanding[]): string {
  const rows =
    questions.length === 0
      ? standings.map((each) => [each.number, plainLine(each.pair.question), describeStanding(each)])
      : questions.map((question) => {
          const pair = pairs.find(({ number }) => number === question.number);
          const shown = pair?.pair ?? question.versions.at(-1)?.pair;
          return [question.number, plainLine(shown?.question ?? ''), describeQuestion(question, pair)];
        });
  return rows.length === 0 ? '' : page('**Questions**', table(['', 'question', 'where it stands'], rows));
}

function describeStanding({ version, check, votes }: QuestionStanding): string {
  const which = version > 1 ? `version ${version}, ` : '';
  if (check === undefined) return `${which}being written`;
  const count = (vote: Vote['vote']) => votes.filter((each) => each === vote).length;
  const spoilt = count('unusable') + count('refused');
  const tally = [`${count('yes')} yes`, `${count('no')} no`, ...(spoilt === 0 ? [] : [`${spoilt} without a verdict`])];
  return `${which}${check}: ${votes.length === 0 ? 'being voted on' : tally.join(', ')}`;
}

function describeQuestion(question: Outcome & { vetted: boolean }, pair: (Outcome & { verdict?: string }) | undefined) {
  if (pair !== undefined) {
    const how = pair.verdict === 'reword' ? ', reworded' : '';
    return pair.state === 'accepted' ? `kept${how}` : `${pair.state}: ${plainLine(pair.reason ?? '')}`;
  }
  if (question.state !== 'accepted') return `${question.state}: ${plainLine(question.reason ?? '')}`;
  return `${question.vetted ? 'accepted' : 'not vetted'}, its context being revised`;
}

function describeConversations(conversations: readonly ConversationRecord[]): string {
  if (conversations.length === 0) return '';
  const rows = conversations.map(({ number, order, scene, state, reason }) => [
    number,
    order.join(', '),
    plainLine([scene?.character?.name, scene?.scenario?.secondCharacter].filter(Boolean).join(' and ')),
    reason === undefined ? state : `${state}: ${plainLine(reason)}`,
  ]);
  const inScene = conversations.some(({ scene }) => scene !== undefined);
  const shown = inScene ? rows : rows.map(([number = '', order = '', , end = '']) => [number, order, end]);
  const head = ['', 'asks questions', ...(inScene ? ['speakers'] : []), 'where it stands'];
  return page('**Conversations**', table(head, shown));
}

export function describeBatch(batch: number, funnel: Funnel, openChunks: readonly string[]): string {
  return page(
    `Batch ${batch}`,
    describeFunnel(funnel),
    openChunks.length > 0 && `At work: ${openChunks.map((chunk) => plainLine(chunk)).join(', ')}`,
  );
}

const STAGE_WORDS: Record<RunProgress['stage'], string> = {
  preparing: 'Cutting the texts into chunks.',
  processing: 'Working on the chunks.',
  aggregating: 'Writing the dataset.',
  finished: 'The run is at its end.',
};

/** Batches that are open count once they are closed: the root hears of them then. */
export function describeRun({ stage, paused, chunks, funnel, openBatches, notes, attention }: RunProgress): string {
  return page(
    paused ? '**Paused**: `npx augmentoolkit resume` lets it go on.' : STAGE_WORDS[stage],
    ...Object.entries(attention).map(([source, message]) => `**${plainLine(source)}**: ${plainLine(message, LONG)}`),
    chunks > 0 &&
      `${funnel.chunks.in} of ${chunks} chunks in closed batches; ${openBatches.length === 1 ? '1 batch is' : `${openBatches.length} batches are`} open.`,
    chunks > 0 && describeFunnel(funnel),
    notes.map((note) => `- ${plainLine(note, LONG)}`).join('\n'),
  );
}

/** Messages with what to do. */
const LONG = 1_000;

function describeFunnel(funnel: Funnel): string {
  const rows = STAGES.map((stage) => {
    const count = funnel[stage];
    const worthy = stage === 'chunks' ? ` (${funnel.worthy} worthy)` : '';
    return [`${stage}${worthy}`, count.in, count.accepted, count.rejected, countDropped(count) - count.rejected];
  });
  return table(['', 'in', 'accepted', 'rejected', 'failed'], rows);
}

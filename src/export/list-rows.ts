import type { ArchivedChunk, RunArchive } from '../archive/run-archive.js';
import { usedCalls } from '../archive/used-calls.js';
import {
  conversationId,
  type FinishedConversation,
  finishedConversations,
  messagesRow,
  systemPromptFor,
} from '../outputs/rows.js';
import type { CallRecord } from '../call-record.js';
import type { ChunkRecord } from '../records.js';
import type { ExportFormat } from './export-formats.js';
import type { RowOrigin, TrainingRow } from './training-row.js';

/** A chunk that is done. */
export type DoneChunk = ArchivedChunk & { record: ChunkRecord };

export function isDone(found: ArchivedChunk): found is DoneChunk {
  return found.record !== undefined;
}

/** What a chunk gives in a format. Ids are the chunk's own: no other chunk has the like. */
export async function listRows(
  done: DoneChunk,
  archive: RunArchive,
  format: ExportFormat,
  step?: string,
): Promise<TrainingRow[]> {
  if (format !== 'calls') return ROWS[format](done, archive.plan.assistantPrompt);
  return callRows(done, await archive.calls(done.chunk.id), step);
}

const ROWS: Record<Exclude<ExportFormat, 'calls'>, (done: DoneChunk, assistantPrompt: string) => TrainingRow[]> = {
  messages: (done, assistantPrompt) =>
    conversations(done, assistantPrompt).map(({ id, messages, about }) => ({ values: { id, messages }, about })),
  sharegpt: (done, assistantPrompt) =>
    conversations(done, assistantPrompt).map(({ id, messages, about }) => ({
      values: { id, conversations: messages.map(({ role, content }) => ({ from: FROM[role], value: content })) },
      about,
    })),
  'prompt-completion': (done, assistantPrompt) => conversations(done, assistantPrompt).flatMap(answersOf),
  alpaca: (done) =>
    pairs(done).map(({ id, question, answer, about }) => ({
      values: { id, instruction: question, input: '', output: answer },
      about,
    })),
  'question-answer': (done) =>
    pairs(done).map(({ id, question, answer, about }) => ({ values: { id, question, answer }, about })),
};

/** Numbered from 1. */
function answersOf({ id, messages, about }: ReturnType<typeof conversations>[number]): TrainingRow[] {
  const answers = messages.flatMap(({ role }, index) => (role === 'assistant' ? [index] : []));
  return answers.map((index, number) => ({
    values: {
      id: `${id}/t${number + 1}`,
      prompt: messages.slice(0, index),
      completion: messages.slice(index, index + 1),
    },
    about,
  }));
}

const FROM = { system: 'system', user: 'human', assistant: 'gpt' } as const;

function originOf({ chunk, document }: ArchivedChunk): RowOrigin {
  const { id, path: source, textname } = document;
  const heading = chunk.heading === undefined ? {} : { heading: chunk.heading };
  return { chunk: chunk.id, document: id, source, textname, ...heading, span: chunk.span };
}

function conversations(done: DoneChunk, assistantPrompt: string) {
  return finishedConversations(done.record).map((finished) => ({
    id: conversationId(done.chunk.id, finished.record.number),
    messages: messagesOf(finished, assistantPrompt),
    about: { ...originOf(done), questions: finished.record.order },
  }));
}

/** Without the opener of the one who answers: trainers want a user first. */
function messagesOf({ record, conversation }: FinishedConversation, assistantPrompt: string) {
  return messagesRow(conversation, systemPromptFor(record, assistantPrompt)).messages;
}

function pairs(done: DoneChunk) {
  return done.record.pairs.flatMap(({ number, state, pair }) =>
    state === 'accepted' && pair !== undefined
      ? [{ id: `${done.chunk.id}/q${number}`, ...pair, about: { ...originOf(done), questions: [number] } }]
      : [],
  );
}

/** Answers that could be used, and that the others did not outvote. */
function callRows(done: DoneChunk, calls: readonly CallRecord[], step: string | undefined): TrainingRow[] {
  const outvoted = outvotedCalls(done.record);
  return usedCalls(done.record, calls).flatMap(({ call, request, reply, unusable }) => {
    if (reply === undefined || unusable !== undefined || outvoted.has(call.id)) return [];
    if (step !== undefined && call.step !== step) return [];
    const asked = request.messages.map(({ role, content }) => ({ role, content }));
    const messages = [...asked, { role: 'assistant', content: reply }];
    return {
      values: { id: `${done.chunk.id}/${call.id}`, step: call.step, messages },
      about: { ...originOf(done), model: request.model },
    };
  });
}

function outvotedCalls({ questions }: ChunkRecord): Set<string> {
  const checks = questions.flatMap(({ versions }) => versions.flatMap((version) => version.checks));
  const against = checks.flatMap(({ outcome, votes }) => {
    const stood = { passed: 'yes', failed: 'no', undecided: undefined }[outcome];
    return votes.filter(({ vote }) => vote !== stood);
  });
  return new Set(against.flatMap(({ calls }) => calls));
}

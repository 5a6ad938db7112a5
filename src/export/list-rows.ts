import type { ArchivedChunk, RunArchive } from '../archive/run-archive.js';
import { usedCalls } from '../archive/used-calls.js';
import {
  conversationId,
  type FinishedConversation,
  finishedConversations,
  messagesRow,
  systemPromptFor,
} from '../outputs/rows.js';
import type { ChunkRecord } from '../records.js';
import type { ExportFormat } from './export-formats.js';
import type { RowOrigin, TrainingRow } from './training-row.js';

type Done = ArchivedChunk & { record: ChunkRecord };

/** The rows of a format, in the order of documents and chunks, one chunk held at a time. */
export async function* listRows(archive: RunArchive, format: ExportFormat, step?: string): AsyncGenerator<TrainingRow> {
  for await (const found of archive.chunks()) {
    const { record } = found;
    if (record === undefined) continue;
    const done = { ...found, record };
    if (format === 'calls') yield* callRows(done, archive, step);
    else yield* ROWS[format](done, archive.plan.assistantPrompt);
  }
}

const ROWS: Record<Exclude<ExportFormat, 'calls'>, (done: Done, assistantPrompt: string) => TrainingRow[]> = {
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

function conversations(done: Done, assistantPrompt: string) {
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

function pairs(done: Done) {
  return done.record.pairs.flatMap(({ number, state, pair }) =>
    state === 'accepted' && pair !== undefined
      ? [{ id: `${done.chunk.id}/q${number}`, ...pair, about: { ...originOf(done), questions: [number] } }]
      : [],
  );
}

/** Answers that could be used, and that the others did not outvote. */
async function* callRows(done: Done, archive: RunArchive, step: string | undefined): AsyncGenerator<TrainingRow> {
  const outvoted = outvotedCalls(done.record);
  for (const { call, request, reply, unusable } of usedCalls(done.record, await archive.calls(done.chunk.id))) {
    if (reply === undefined || unusable !== undefined || outvoted.has(call.id)) continue;
    if (step !== undefined && call.step !== step) continue;
    const messages = [
      ...request.messages.map(({ role, content }) => ({ role, content })),
      { role: 'assistant', content: reply },
    ];
    yield {
      values: { id: `${done.chunk.id}/${call.id}`, step: call.step, messages },
      about: { ...originOf(done), model: request.model },
    };
  }
}

function outvotedCalls({ questions }: ChunkRecord): Set<string> {
  const checks = questions.flatMap(({ versions }) => versions.flatMap((version) => version.checks));
  const against = checks.flatMap(({ outcome, votes }) => {
    const stood = { passed: 'yes', failed: 'no', undecided: undefined }[outcome];
    return votes.filter(({ vote }) => vote !== stood);
  });
  return new Set(against.flatMap(({ calls }) => calls));
}

import type { Chunk, ChunkRecord, ConversationRecord, Pair } from '../records.js';
import { readableJson } from '../store/canonical.js';
import type { RowSource } from './rows.js';
import { conversationId, finishedConversations, masterRow, pairTuples, sceneFields } from './rows.js';

/** The folders of intermediate results that people look at, one file a chunk in each. */
export const CHUNK_FOLDERS = [
  'worthy_for_questions',
  'qatuples_raw',
  'qatuples_revised',
  'multiturn_convs_info',
  'multiturn_convs',
] as const;
export type ChunkFolder = (typeof CHUNK_FOLDERS)[number];

export function chunkFile(folder: ChunkFolder, chunk: string): string {
  return `${folder}/${chunk}.json`;
}

/** The inverse; `undefined` where it is no chunk's file. */
export function chunkOfFile(path: string): string | undefined {
  return /^[^/]+\/(.+)\.json$/.exec(path)?.[1];
}

/** Where the chunk stands in its document is in no record: only the text it has there is. */
export const PLACED_FOLDER: ChunkFolder = 'worthy_for_questions';

/** Writes out a chunk's file in each folder; `undefined` where it has none. Pure. */
export function chunkFileRenderers(
  record: ChunkRecord,
  chunk: Chunk,
  source: RowSource,
): Record<ChunkFolder, (() => string) | undefined> {
  const tuple = ({ question, answer }: Pair) => [question, answer, source.paragraph, source.textname];
  const raw = record.questions
    .filter((each) => each.state === 'accepted')
    .flatMap((each) => each.versions.at(-1)?.pair ?? []);
  const revised = record.pairs.flatMap((each) => each.pair ?? []);
  return {
    worthy_for_questions:
      record.judge.verdict === 'suitable' ? () => readableJson(worthyChunk(record, chunk, source)) : undefined,
    qatuples_raw: listRenderer(raw, tuple),
    qatuples_revised: listRenderer(revised, tuple),
    multiturn_convs_info: listRenderer(record.conversations.filter(isStaged), (each) =>
      conversationInfo(record, each, source),
    ),
    multiturn_convs: listRenderer(finishedConversations(record), (each) => masterRow(record, each, source)),
  };
}

function worthyChunk(record: ChunkRecord, chunk: Chunk, source: RowSource) {
  const { document, ordinal, span, heading } = chunk;
  const metadata = { textname: source.textname, chunk: chunk.id, document, ordinal, span, ...(heading && { heading }) };
  return { paragraph: source.paragraph, metadata: { ...metadata, reason: record.judge.reason ?? '' } };
}

/** `[[tuples], character, scenario, scenario plan, id]`, as the reference keeps them before the conversation is written. */
function conversationInfo(record: ChunkRecord, written: ConversationRecord, source: RowSource): unknown[] {
  const tuples = pairTuples(record, written, source).map((tuple) => [...tuple, source.textname]);
  const { card, scenario, scenarioPlan } = sceneFields(written);
  return [tuples, card, scenario, scenarioPlan, conversationId(record.chunk, written.number)];
}

/** In role-play a conversation may have ended before its character or its scenario was there. */
function isStaged({ scene }: ConversationRecord): boolean {
  return scene === undefined || scene.scenario !== undefined;
}

function listRenderer<Item>(items: readonly Item[], show: (item: Item) => unknown): (() => string) | undefined {
  return items.length === 0 ? undefined : () => readableJson(items.map(show));
}

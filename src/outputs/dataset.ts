import { addFunnel, addTotals, countRecord, emptyFunnel, emptyTotals } from '../accounting.js';
import type { CallTotals, Chunk, ChunkRecord, Funnel } from '../records.js';
import type { Store, StoreWriter } from '../store/store.js';
import { listRejections, notRun } from './rejections.js';
import type { RowSource } from './rows.js';
import {
  finishedConversations,
  masterRow,
  messagesRow,
  renderMasterRow,
  shareGptRow,
  systemPromptFor,
} from './rows.js';

/** The dataset's files in PATH.OUTPUT. */
export const DATASET_FILES = {
  shareGpt: 'simplified_data.jsonl',
  messages: 'messages.jsonl',
  master: 'master_list.jsonl',
  processed: 'processed_masterlist.json',
  rejected: 'rejected.jsonl',
} as const;

/** What was found in the records and written to the files, counted apart so that they can be compared. */
export interface DatasetCounts {
  funnel: Funnel;
  totals: CallTotals;
  /** Rows of master_list.jsonl. */
  rows: number;
  /** Lines of rejected.jsonl. */
  dropped: number;
}

/** A chunk of the manifest with what became of it; without a record it was not run. */
export interface RecordedChunk {
  chunk: string;
  done?: { record: ChunkRecord; text: Chunk['text']; textname: string };
}

/**
 * Writes all files of the dataset in one pass over the chunks, holding one chunk at a time, and counts what it
 * writes. The files appear together at the end, each whole.
 */
export async function writeDatasetFiles(
  store: Store,
  chunks: AsyncIterable<RecordedChunk>,
  assistantPrompt: string,
): Promise<DatasetCounts> {
  const files = await openFiles(store);
  const open = Object.values(files);
  const result: DatasetCounts = { funnel: emptyFunnel(), totals: emptyTotals(), rows: 0, dropped: 0 };
  try {
    await files.processed.append('[');
    for await (const { chunk, done } of chunks) {
      if (done === undefined) await writeNotRun(files, chunk, result);
      else
        await writeChunk(
          files,
          done.record,
          { paragraph: done.text, textname: done.textname },
          assistantPrompt,
          result,
        );
    }
    await files.processed.append(result.rows === 0 ? ']\n' : '\n]\n');
    for (let file = open.shift(); file !== undefined; file = open.shift()) await file.close();
    return result;
  } catch (error) {
    await Promise.allSettled(open.map((file) => file.discard()));
    throw error;
  }
}

type Files = Record<keyof typeof DATASET_FILES, StoreWriter>;

async function openFiles(store: Store): Promise<Files> {
  const names = Object.entries(DATASET_FILES);
  const opening = names.map(async ([name, path]) => [name, await store.writer(path)] as const);
  try {
    return Object.fromEntries(await Promise.all(opening)) as Files;
  } catch (error) {
    // One that cannot be opened must not leave the others in the making.
    for (const opened of await Promise.allSettled(opening)) {
      if (opened.status === 'fulfilled') await opened.value[1].discard();
    }
    throw error;
  }
}

async function writeChunk(
  files: Files,
  record: ChunkRecord,
  source: RowSource,
  assistantPrompt: string,
  result: DatasetCounts,
): Promise<void> {
  addFunnel(result.funnel, countRecord(record));
  addTotals(result.totals, record.totals);
  for (const finished of finishedConversations(record)) {
    const { conversation } = finished;
    const systemPrompt = systemPromptFor(finished.record, assistantPrompt);
    const { master, processed } = renderMasterRow(masterRow(record, finished, source), conversation);
    await files.master.append(`${master}\n`);
    await files.shareGpt.append(jsonLines([shareGptRow(conversation, systemPrompt)]));
    await files.messages.append(jsonLines([messagesRow(conversation, systemPrompt)]));
    await files.processed.append(`${result.rows === 0 ? '' : ','}\n${processed}`);
    result.rows += 1;
  }
  const rejections = listRejections(record);
  await files.rejected.append(jsonLines(rejections));
  result.dropped += rejections.length;
}

async function writeNotRun(files: Files, chunk: string, result: DatasetCounts): Promise<void> {
  result.funnel.chunks.in += 1;
  result.funnel.chunks.notRun += 1;
  await files.rejected.append(jsonLines([notRun(chunk)]));
  result.dropped += 1;
}

function jsonLines(values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

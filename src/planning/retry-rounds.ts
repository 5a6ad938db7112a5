import type { RetryItem } from '../ids.js';
import { retryItemId } from '../ids.js';
import type { ChunkRecord, Outcome } from '../records.js';
import type { ItemRounds } from '../run-context.js';
import { generateQuestions } from '../steps/generate-questions.js';
import { judgeParagraph } from '../steps/judge-paragraph.js';
import { hashOf } from '../store/canonical.js';
import { RUN_FILES } from '../store/run-files.js';
import { openSealed, sealFile } from '../store/sealed.js';
import type { Store } from '../store/store.js';
import { UserError } from '../user-error.js';

/** Of each chunk of which something is tried again, by its id. Only `retry` writes them. */
export type RetryRounds = Readonly<Record<string, ItemRounds>>;

/** @throws UserError where the file is damaged: another round would be other calls */
export async function readRetryRounds(store: Store): Promise<RetryRounds> {
  const text = await store.read(RUN_FILES.retries);
  if (text === undefined) return {};
  const rounds = openSealed(text) as RetryRounds | undefined;
  if (rounds !== undefined) return rounds;
  throw new UserError(
    `${RUN_FILES.retries} in ${store.location} is damaged: remove it, and give \`npx augmentoolkit run\` and then ` +
      '`npx augmentoolkit retry` again; answers of earlier tries are taken from the journal',
  );
}

export async function writeRetryRounds(store: Store, rounds: RetryRounds): Promise<void> {
  await store.write(RUN_FILES.retries, sealFile(rounds));
}

/** What of a chunk could not be decided. A chunk of which no pair survived failed by its questions and pairs. */
export function failedItems(record: ChunkRecord): RetryItem[] {
  const failed = <Kind extends string>(kind: Kind, items: readonly (Outcome & { number: number })[]) =>
    items.filter(({ state }) => state === 'failed').map(({ number }) => ({ kind, number }));
  return [
    ...failedChunk(record),
    ...failed('question', record.questions),
    ...failed('pair', record.pairs),
    ...failed('conversation', record.conversations),
  ];
}

function failedChunk({ state, step }: ChunkRecord): RetryItem[] {
  if (state !== 'failed' || step === 'pairs') return [];
  if (step === judgeParagraph.name) return [{ kind: 'judge' }];
  if (step === generateQuestions.name) return [{ kind: 'generate' }];
  return [{ kind: 'chunk' }];
}

/** How a chunk of the manifest stands. */
export interface ChunkState {
  id: string;
  /** Those it was last prepared with. */
  rounds?: ItemRounds;
  /** Absent while it has no record. */
  failed?: readonly RetryItem[];
}

export interface RaisedRounds {
  /** Those before, and the next round of all that failed. */
  rounds: RetryRounds;
  /** What failed. */
  items: RetryItem[];
  /** Chunks of which something failed. */
  chunks: number;
  /** Chunks of which something was to be tried again before, and has not come to its end. */
  unfinished: number;
}

/** Raises the round of everything that failed; of what is being tried again already it is not known yet. Pure. */
export function raiseRounds(before: RetryRounds, chunks: readonly ChunkState[]): RaisedRounds {
  const raised: RaisedRounds = { rounds: before, items: [], chunks: 0, unfinished: 0 };
  const next: Record<string, ItemRounds> = {};
  for (const { id, rounds, failed } of chunks) {
    const known = before[id];
    if (hashOf([known]) !== hashOf([rounds]) || (known !== undefined && failed === undefined)) raised.unfinished += 1;
    else if (failed !== undefined && failed.length > 0) {
      next[id] = nextRounds(known, failed);
      raised.items.push(...failed);
      raised.chunks += 1;
    }
  }
  return { ...raised, rounds: { ...before, ...next } };
}

function nextRounds(before: ItemRounds = {}, failed: readonly RetryItem[]): ItemRounds {
  const next = failed.map(retryItemId).map((item) => [item, (before[item] ?? 1) + 1] as const);
  return { ...before, ...Object.fromEntries(next) };
}

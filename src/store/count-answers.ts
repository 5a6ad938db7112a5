import { addCall } from '../accounting.js';
import type { CallRecord, PaidBy } from '../call-record.js';
import type { WorkerAccount } from './account-book.js';
import { RUN_FILES } from './run-files.js';
import { openSealed } from './sealed.js';
import type { Store } from './store.js';

/** A record's time is that of its writing, and a slow disk takes long until it is there: longer than this hardly ever. */
const LONGEST_WRITE_MS = 60_000;

/** An account that its worker may not have brought up to date before it was killed. */
export interface OpenAccount {
  worker: string;
  account: WorkerAccount;
  /** When it was written, by the store's clock: what it lacks was written later. `-Infinity`: all of it is lacking. */
  writtenAt: number;
}

/** Brings accounts up to date from the journal, reading what was written since; in the order given. */
export async function countAnswers(store: Store, open: readonly OpenAccount[]): Promise<WorkerAccount[]> {
  const counts = new Map(open.map((one) => [one.worker, new AnswerCount(one.account)]));
  const since = Math.min(...open.map(({ writtenAt }) => writtenAt)) - LONGEST_WRITE_MS;
  for await (const record of answersSince(store, since, [...counts.keys()])) {
    counts.get(record.paidBy.worker)?.add(record, record.paidBy.number);
  }
  return open.map(({ worker, account }) => counts.get(worker)?.account ?? account);
}

class AnswerCount {
  readonly account: WorkerAccount;
  readonly #from: number;
  readonly #counted = new Set<number>();

  constructor(account: WorkerAccount) {
    this.account = structuredClone(account);
    this.#from = account.through;
  }

  /** A record may be met twice: by itself, and folded. */
  add({ request, usage }: CallRecord, number: number): void {
    if (number <= this.#from || this.#counted.has(number)) return;
    this.#counted.add(number);
    addCall(this.account.models, request.model, usage);
    this.account.through = Math.max(this.account.through, number);
  }
}

type PaidRecord = CallRecord & { paidBy: PaidBy };

/** Loose records first: one that is folded meanwhile is then met in the fold. Damaged ones count as absent. */
async function* answersSince(store: Store, since: number, workers: readonly string[]): AsyncIterable<PaidRecord> {
  for (const chunk of await store.folders(RUN_FILES.calls)) {
    for (const { path, modifiedAt } of await store.list(RUN_FILES.looseCalls(chunk))) {
      if (modifiedAt >= since) yield* openPaid((await store.read(path)) ?? '', workers);
    }
  }
  for (const { path, modifiedAt } of await store.list(RUN_FILES.calls)) {
    if (modifiedAt < since) continue;
    for await (const line of store.readLines(path)) yield* openPaid(line, workers);
  }
}

/** Most records are others'; whose they are shows before the dear check of the whole. */
function* openPaid(text: string, workers: readonly string[]): Iterable<PaidRecord> {
  if (!workers.some((worker) => text.includes(worker))) return;
  const record = openSealed(text) as CallRecord | undefined;
  if (record?.paidBy !== undefined) yield record as PaidRecord;
}

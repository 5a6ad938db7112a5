import { addTotals, emptyTotals } from '../accounting.js';
import type { ArchivedChunk, RunArchive } from '../archive/run-archive.js';
import { usedCallIds, usedCalls } from '../archive/used-calls.js';
import type { CallRecord } from '../call-record.js';
import type { Prices } from '../config/schema.js';
import { costOf } from '../llm/pricing.js';
import type { CallTotals, ChunkRecord } from '../records.js';

/** A call with what it cost, where its model's price is known. */
export interface PricedCall extends CallRecord {
  cost?: number;
}

/** Calls together; `cost` is of those whose price is known. */
export interface PricedTotals extends CallTotals {
  cost?: number;
}

/** All that is known of a chunk. */
export interface ChunkAccount {
  chunk: string;
  /** Path of its document, relative to PATH.INPUT. */
  source: string;
  textname: string;
  ordinal: number;
  heading?: string;
  /** UTF-16 offsets in the document's text. */
  span: { start: number; end: number };
  text: string;
  /** Absent where it is not done. */
  record?: ChunkRecord;
  /** That led to the record, in the order of the pipeline; of a chunk that is not done, all that were answered. */
  calls: PricedCall[];
  totals: PricedTotals;
  /** Of calls beside those: asked under other settings, or before something was tried again. */
  others: PricedTotals;
}

export async function readAccount(archive: RunArchive, found: ArchivedChunk, prices: Prices): Promise<ChunkAccount> {
  const { chunk, document, record } = found;
  const all = await archive.calls(chunk.id);
  const calls = record === undefined ? all : usedCalls(record, all);
  const used = new Set(calls);
  return {
    chunk: chunk.id,
    source: document.path,
    textname: document.textname,
    ordinal: chunk.ordinal,
    ...(chunk.heading !== undefined && { heading: chunk.heading }),
    span: chunk.span,
    text: chunk.text,
    ...(record && { record }),
    calls: calls.map((call) => priced(call, prices)),
    totals: sum(calls, prices),
    others: sum(
      all.filter((call) => !used.has(call)),
      prices,
    ),
  };
}

/** The same of one of its parts: `q2`, `c1` or a call. `undefined` where the chunk has no such part. */
export function partOf(account: ChunkAccount, part: string): ChunkAccount | undefined {
  const { record } = account;
  const [, kind, digits] = /^([qc])(\d+)$/.exec(part) ?? [];
  const number = Number(digits);
  const of = <Item extends { number: number }>(items: readonly Item[] = [], wanted: boolean) =>
    wanted ? items.filter((item) => item.number === number) : [];
  const isCall = kind === undefined;
  const calls = isCall ? account.calls.filter(({ call }) => call.id === part) : [];
  if (isCall || record === undefined) {
    const started = isCall ? calls : account.calls.filter(({ call }) => call.id.startsWith(`${part}.`));
    return started.length === 0 ? undefined : { ...withoutRecord(account), ...counted(started) };
  }
  const shown: ChunkRecord = {
    ...record,
    judge: { ...record.judge, calls: [] },
    generate: { calls: [] },
    questions: of(record.questions, kind === 'q'),
    pairs: of(record.pairs, kind === 'q'),
    conversations: of(record.conversations, kind === 'c'),
  };
  if (shown.questions.length + shown.conversations.length === 0) return undefined;
  const ids = new Set(usedCallIds(shown));
  return { ...account, record: shown, ...counted(account.calls.filter(({ call }) => ids.has(call.id))) };
}

function withoutRecord({ record: _record, ...account }: ChunkAccount): ChunkAccount {
  return account;
}

function counted(calls: PricedCall[]): Pick<ChunkAccount, 'calls' | 'totals' | 'others'> {
  const totals: PricedTotals = emptyTotals();
  for (const { usage, cost } of calls) add(totals, usage, cost);
  return { calls, totals, others: emptyTotals() };
}

function priced(call: CallRecord, prices: Prices): PricedCall {
  const price = prices[call.request.model];
  return price === undefined ? call : { ...call, cost: costOf(call.usage, price) };
}

function sum(calls: readonly CallRecord[], prices: Prices): PricedTotals {
  return counted(calls.map((call) => priced(call, prices))).totals;
}

function add(totals: PricedTotals, usage: CallRecord['usage'], cost: number | undefined): void {
  addTotals(totals, { calls: 1, ...usage });
  if (cost !== undefined) totals.cost = (totals.cost ?? 0) + cost;
}

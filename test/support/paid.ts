import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addCall } from '../../src/accounting.js';
import type { CallRecord } from '../../src/call-record.js';
import type { ModelTotals } from '../../src/records.js';
import { Ledger } from '../../src/store/ledger.js';
import { LocalStore } from '../../src/store/local-store.js';

/** What an output's workers say they paid, and what its journal holds: the same, or something was counted wrongly. */
export interface PaidTwoWays {
  accounts: ModelTotals;
  journal: ModelTotals;
}

/** To be read when nobody is at work. */
export async function readPaidTwoWays(output: string): Promise<PaidTwoWays> {
  const ledger = new Ledger({ store: new LocalStore(output), onProblem: () => {} });
  const journal: ModelTotals = {};
  for (const { request, usage } of await readPaidRecords(output)) addCall(journal, request.model, usage);
  return { accounts: await ledger.read(new Set()), journal };
}

/** Every answer in the journal, once. */
async function readPaidRecords(output: string): Promise<CallRecord[]> {
  const folder = join(output, 'generations');
  const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
  const files = names.filter((name) => /\.jsonl?$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.flatMap((text, index) => (files[index]?.endsWith('l') ? text.trim().split('\n') : [text]));
  const records = lines.map((line) => JSON.parse(line) as CallRecord).filter(({ paidBy }) => paidBy !== undefined);
  return [...new Map(records.map((record) => [record.requestHash, record])).values()];
}

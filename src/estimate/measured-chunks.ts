import { addTotals, emptyTotals } from '../accounting.js';
import { usedCalls } from '../archive/used-calls.js';
import type { CallRecord } from '../call-record.js';
import { RunReader } from '../planning/run-reader.js';
import type { CallTotals } from '../records.js';
import { Journal } from '../store/journal.js';
import { SingleFlight } from '../store/single-flight.js';
import type { Store } from '../store/store.js';
import type { SurveyedChunk } from './survey-input.js';

/** What one step of one chunk took. */
export interface StepUse extends CallTotals {
  step: string;
  model: string;
  latencyMs: number;
}

/** A chunk that is done with the settings of now. */
export interface MeasuredChunk {
  id: string;
  tokens: number;
  isWorthy: boolean;
  uses: StepUse[];
}

/** More would take long to read, and tell no more. */
const MOST_MEASURED = 2_000;

/** The chunks that are done, each with what its calls used. Only reads. */
export async function readMeasured(store: Store, chunks: readonly SurveyedChunk[]): Promise<MeasuredChunk[]> {
  const reader = new RunReader(store);
  const journal = new Journal({ store, flights: new SingleFlight(), onProblem: () => {} });
  const measured: MeasuredChunk[] = [];
  for (const { id, fingerprint, tokens } of chunks) {
    if (measured.length === MOST_MEASURED) break;
    const record = await reader.record(id, fingerprint);
    if (record === undefined) continue;
    const uses = sumBySteps(usedCalls(record, await journal.readAll(id)));
    measured.push({ id, tokens, isWorthy: record.judge.verdict === 'suitable', uses });
  }
  return measured;
}

function sumBySteps(calls: readonly CallRecord[]): StepUse[] {
  const uses = new Map<string, StepUse>();
  for (const { call, request, usage, latencyMs } of calls) {
    const key = `${call.step} ${request.model}`;
    const use = uses.get(key) ?? { step: call.step, model: request.model, latencyMs: 0, ...emptyTotals() };
    addTotals(use, { calls: 1, ...usage });
    use.latencyMs += latencyMs;
    uses.set(key, use);
  }
  return [...uses.values()];
}

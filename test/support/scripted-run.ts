import { ApplicationFailure } from '@temporalio/activity';
import { askedCall } from '../../src/activities/asked-call.js';
import { addFunnel, addTotals, countDropped, countRecord, emptyFunnel, emptyTotals } from '../../src/accounting.js';
import type {
  Activities,
  FindOpenChunksInput,
  FindOpenChunksResult,
  WriteDatasetResult,
  WriteReportResult,
  WriteSummaryInput,
} from '../../src/activities/contract.js';
import type { ChunkRecord } from '../../src/records.js';
import type { ChunkResult, ItemRounds, PipelineSettings, RunContext, TaskQueues } from '../../src/run-context.js';
import { STAGES } from '../../src/records.js';
import { Gate } from './gate.js';
import { ScriptedModel } from './scripted-model.js';

export const SETTINGS: PipelineSettings = {
  until: 'conversations',
  assistantMode: true,
  doubleCheckCounter: 3,
  questionVersions: 5,
  rearrangements: 3,
  conversationAttempts: 2,
  seed: 7,
};

/** The fingerprint of all scripted chunks. */
export const FINGERPRINT = 'f1';

let runs = 0;

/** A run whose model follows a script, and whose records are kept in memory. */
export class ScriptedRun {
  readonly name: string;
  readonly plan: string;
  readonly model = new ScriptedModel();
  /** In the order in which they were written. */
  readonly records: ChunkRecord[] = [];
  readonly summaries: WriteSummaryInput[] = [];
  /** Chunk ids by batch. */
  readonly batches: string[][];
  /** Chunks that were done before. */
  readonly finished = new Map<string, ChunkResult>();
  /** Of chunks of which something is tried again. */
  readonly rounds = new Map<string, ItemRounds>();
  /** What `control.json` says when the run is prepared. */
  paused = false;
  /** Records that are written but not found again. */
  readonly lost = new Set<string>();
  /** Batches of which nobody can say what there is to do. */
  readonly brokenBatches = new Set<number>();
  readonly #gates = new Map<keyof Activities, Gate>();

  constructor(batches: string[][], name?: string) {
    runs += 1;
    this.batches = batches;
    this.name = name ?? `run-${runs}`;
    this.plan = `plan-${runs}`;
  }

  context({ workflows: _ours, ...queues }: TaskQueues, settings: Partial<PipelineSettings> = {}): RunContext {
    return {
      run: this.name,
      plan: this.plan,
      queues,
      settings: { ...SETTINGS, ...settings },
      callTimeoutMs: 20_000,
      isSearchable: true,
    };
  }

  /** A chunk that takes one call. */
  unsuitable(...chunks: string[]): this {
    for (const chunk of chunks) this.model.answer(`${chunk}/judge`, { verdict: 'unsuitable', reason: 'an index page' });
    return this;
  }

  /** The next call of this activity waits until the gate is opened. */
  hold(activity: 'prepareRun' | 'findOpenChunks' | 'recordChunk' | 'writeDataset'): Gate {
    const gate = new Gate();
    this.#gates.set(activity, gate);
    return gate;
  }

  /** What writing the report comes to. */
  report: WriteReportResult = {};

  record(chunk: string): ChunkRecord {
    const record = this.records.findLast((each) => each.chunk === chunk);
    if (record === undefined) throw new Error(`no record was written for ${chunk}`);
    return record;
  }

  activities(): Activities {
    return {
      callModel: async (input) => this.model.callModel(askedCall(input)),
      prepareRun: async () => {
        const chunks = this.batches.flat().length;
        const prepared = { chunks, batches: this.batches.length, paused: this.paused, notes: [] };
        await this.#gates.get('prepareRun')?.pass();
        return prepared;
      },
      findOpenChunks: async (input) => {
        await this.#gates.get('findOpenChunks')?.pass();
        return this.#findOpenChunks(input);
      },
      recordChunk: async ({ record }) => {
        await this.#gates.get('recordChunk')?.pass();
        this.records.push(record);
      },
      writeDataset: async () => {
        await this.#gates.get('writeDataset')?.pass();
        return this.#writeDataset();
      },
      writeSummary: async (input) => void this.summaries.push(input),
      writeReport: async () => this.report,
    };
  }

  #findOpenChunks({ batch }: FindOpenChunksInput): FindOpenChunksResult {
    if (this.brokenBatches.has(batch)) throw ApplicationFailure.nonRetryable(`batch ${batch} is broken`);
    const chunks = this.batches[batch - 1] ?? [];
    return {
      finished: chunks.flatMap((id) => this.finished.get(id) ?? []),
      open: chunks
        .filter((id) => !this.finished.has(id))
        .map((id) => {
          const rounds = this.rounds.get(id);
          return { id, fingerprint: FINGERPRINT, label: `Book, ${id}`, source: 'Book.txt', ...(rounds && { rounds }) };
        }),
    };
  }

  #writeDataset(): WriteDatasetResult {
    const funnel = emptyFunnel();
    const totals = emptyTotals();
    for (const chunk of this.batches.flat()) {
      const record = this.records.findLast((each) => each.chunk === chunk && !this.lost.has(chunk));
      addFunnel(funnel, record === undefined ? notRun() : countRecord(record));
      if (record !== undefined) addTotals(totals, record.totals);
    }
    const dropped = STAGES.reduce((sum, stage) => sum + countDropped(funnel[stage]), 0);
    return { funnel, totals, rows: funnel.conversations.accepted, dropped };
  }
}

function notRun() {
  const funnel = emptyFunnel();
  Object.assign(funnel.chunks, { in: 1, notRun: 1 });
  return funnel;
}

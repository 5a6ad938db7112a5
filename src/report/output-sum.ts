import type { ArchivedChunk } from '../archive/run-archive.js';
import { countTokens } from '../ingest/tokens.js';
import { conversationId, type FinishedConversation, finishedConversations, systemPromptFor } from '../outputs/rows.js';
import type { ChunkRecord } from '../records.js';
import { sha256 } from '../store/canonical.js';
import { cutText } from '../steps/reading/clean.js';
import type { OutputFigures, Sample } from './report-data.js';

/** Counting tokens takes time: of a run of more rows, each tenth is measured. */
const ROWS_MEASURED = 5_000;
const EACH = 10;
const BINS = 20;
/** Their width is a multiple of so many tokens. */
const BIN_STEP = 10;

/** Enough to leaf through, and little enough for one page. */
const SAMPLES = 12;
const LONGEST_PARAGRAPH = 4_000;
const LONGEST_TURN = 1_500;
const MOST_TURNS = 21;

/** Counts what came out, and keeps a few rows that stand for all. */
export class OutputSum {
  readonly #assistantPrompt: string;
  #rows = 0;
  #pairs = 0;
  #turns = 0;
  readonly #lengths: number[] = [];
  /** With the smallest hashes of their ids: the same ones in whatever order chunks end. */
  #samples: { hash: string; sample: Sample }[] = [];

  constructor(assistantPrompt: string) {
    this.#assistantPrompt = assistantPrompt;
  }

  add(found: ArchivedChunk, record: ChunkRecord): void {
    this.#pairs += record.pairs.filter(({ state }) => state === 'accepted').length;
    for (const finished of finishedConversations(record)) this.#addRow(found, record, finished);
  }

  get figures(): { output: OutputFigures; samples: Sample[] } {
    return {
      output: { rows: this.#rows, pairs: this.#pairs, turns: this.#turns, tokens: this.#tokens() },
      samples: this.#samples.map(({ sample }) => sample),
    };
  }

  #addRow(found: ArchivedChunk, record: ChunkRecord, finished: FinishedConversation): void {
    const { turns } = finished.conversation;
    this.#rows += 1;
    this.#turns += turns.length;
    const system = systemPromptFor(finished.record, this.#assistantPrompt);
    if (this.#rows <= ROWS_MEASURED || this.#rows % EACH === 0) {
      this.#lengths.push([system, ...turns.map(({ text }) => text)].reduce((sum, text) => sum + countTokens(text), 0));
    }
    const id = conversationId(record.chunk, finished.record.number);
    const hash = sha256(id);
    const last = this.#samples.at(-1);
    if (this.#samples.length === SAMPLES && last !== undefined && last.hash < hash) return;
    const kept = [...this.#samples, { hash, sample: sampleOf(id, found, finished, system) }];
    this.#samples = kept.sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, SAMPLES);
  }

  #tokens(): OutputFigures['tokens'] {
    const measured = this.#lengths.length;
    const sum = this.#lengths.reduce((total, length) => total + length, 0);
    const mean = measured === 0 ? 0 : sum / measured;
    const most = this.#lengths.reduce((longest, length) => Math.max(longest, length), 0);
    return { measured, mean, most, total: Math.round(mean * this.#rows), bins: binsOf(this.#lengths, most) };
  }
}

function binsOf(lengths: readonly number[], most: number): OutputFigures['tokens']['bins'] {
  const width = BIN_STEP * Math.max(1, Math.ceil((most + 1) / (BIN_STEP * BINS)));
  const bins = Array.from({ length: Math.ceil((most + 1) / width) }, (_, index) => ({
    upTo: (index + 1) * width,
    rows: 0,
  }));
  for (const length of lengths) {
    const bin = bins[Math.floor(length / width)];
    if (bin !== undefined) bin.rows += 1;
  }
  return lengths.length === 0 ? [] : bins;
}

function sampleOf(
  id: string,
  { chunk, document }: ArchivedChunk,
  { conversation: { answerer, turns } }: FinishedConversation,
  system: string,
): Sample {
  return {
    id,
    textname: document.textname,
    ...(chunk.heading !== undefined && { heading: chunk.heading }),
    paragraph: cutText(chunk.text, LONGEST_PARAGRAPH),
    system: cutText(system, LONGEST_TURN),
    turns: turns
      .slice(0, MOST_TURNS)
      .map(({ speaker, text }) => ({ answers: speaker === answerer, speaker, text: cutText(text, LONGEST_TURN) })),
  };
}

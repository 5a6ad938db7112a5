import type { ArchivedChunk } from '../archive/run-archive.js';
import { finishedConversations } from '../outputs/rows.js';
import type { ReportData, SourceFigures } from './report-data.js';

/** A picture with more bars helps nobody. */
const MOST_SHOWN = 40;

/** Counts what each text gave. */
export class SourceSum {
  readonly #sources = new Map<string, SourceFigures>();

  add({ document: { path }, record }: Pick<ArchivedChunk, 'document' | 'record'>): void {
    const figures = this.#sources.get(path) ?? emptyFigures(path);
    this.#sources.set(path, figures);
    figures.chunks += 1;
    if (record === undefined) figures.notRun += 1;
    else {
      figures[kindOf(record.judge.verdict)] += 1;
      figures.rows += finishedConversations(record).length;
    }
  }

  /** In the order of the input; where there are very many, the largest, and the others together. */
  get figures(): ReportData['sources'] {
    const all = [...this.#sources.values()];
    if (all.length <= MOST_SHOWN) return { shown: all };
    const largest = new Set(all.toSorted((a, b) => b.chunks - a.chunks).slice(0, MOST_SHOWN));
    const others = all.filter((figures) => !largest.has(figures));
    const sum = emptyFigures('');
    for (const figures of others) for (const key of COUNTS) sum[key] += figures[key];
    return { shown: all.filter((figures) => largest.has(figures)), others: { ...sum, sources: others.length } };
  }
}

const COUNTS = ['chunks', 'worthy', 'unworthy', 'undecided', 'notRun', 'rows'] as const;

function emptyFigures(path: string): SourceFigures {
  return { path, chunks: 0, worthy: 0, unworthy: 0, undecided: 0, notRun: 0, rows: 0 };
}

function kindOf(verdict: string | undefined): 'worthy' | 'unworthy' | 'undecided' {
  if (verdict === undefined) return 'undecided';
  return verdict === 'suitable' ? 'worthy' : 'unworthy';
}

import type { ChunkRecord, Stage } from '../records.js';
import { listRejections, type Rejection } from '../outputs/rejections.js';
import { cutText } from '../steps/reading/clean.js';
import type { DropGroup } from './report-data.js';

/** Different reasons of a step that are counted apart; models give ever new ones. */
const MOST_COUNTED = 500;
/** Of these, so many are shown. */
const MOST_SHOWN = 8;
const EXAMPLES = 2;
const LONGEST_REASON = 200;
const LONGEST_EXAMPLE = 300;

const STAGE_OF: Record<Rejection['item'], Stage> = {
  chunk: 'chunks',
  question: 'questions',
  pair: 'pairs',
  conversation: 'conversations',
};

interface Reason {
  reason: string;
  count: number;
  examples: { id: string; text: string }[];
}

type Group = Omit<DropGroup, 'reasons'> & { reasons: Map<string, Reason> };

/** Counts what was dropped, by step and reason, with a few examples of each. */
export class DropSum {
  readonly #groups = new Map<string, Group>();

  add(record: ChunkRecord): void {
    for (const rejection of listRejections(record)) this.#count(rejection);
  }

  /** In the order of the pipeline's stages; within one, the most frequent first. */
  get figures(): DropGroup[] {
    const stages = Object.values(STAGE_OF);
    return [...this.#groups.values()]
      .sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage) || b.count - a.count)
      .map(({ reasons, ...group }) => {
        const sorted = [...reasons.values()].sort((a, b) => b.count - a.count);
        const shown = sorted.slice(0, MOST_SHOWN);
        return { ...group, reasons: shown, others: group.count - shown.reduce((sum, { count }) => sum + count, 0) };
      });
  }

  #count({ id, item, state, step, reason, pair }: Rejection): void {
    if (state === 'not run') return;
    const group = this.#group(STAGE_OF[item], state, step);
    group.count += 1;
    const kind = kindOf(step, reason);
    const known = group.reasons.get(kind);
    if (known === undefined && group.reasons.size >= MOST_COUNTED) return;
    const entry = known ?? { reason: kind, count: 0, examples: [] };
    group.reasons.set(kind, entry);
    entry.count += 1;
    const text = cutText(pair === undefined ? reason : pair.question, LONGEST_EXAMPLE);
    if (entry.examples.length < EXAMPLES) entry.examples.push({ id, text });
  }

  #group(stage: Stage, state: DropGroup['state'], step: string): Group {
    const key = `${stage} ${state} ${step}`;
    const group = this.#groups.get(key) ?? { stage, state, step, count: 0, others: 0, reasons: new Map() };
    this.#groups.set(key, group);
    return group;
  }
}

/** Reasons that only differ in a number, a quotation, or the question that is repeated are one. */
function kindOf(step: string, reason: string): string {
  const [line = ''] = reason.trim().split('\n', 1);
  const general = step === 'duplicate' ? line.replace(/: .*$/s, ': …') : line;
  return cutText(general.replaceAll(/(["“„«]).+?(["”“»])/g, '$1…$2').replaceAll(/\d+/g, '#'), LONGEST_REASON);
}

import type { CheckName, CheckRecord, ChunkRecord } from '../records.js';
import type { VoteFigures } from './report-data.js';

const CHECKS: readonly CheckName[] = ['question', 'relevancy', 'accuracy'];

/** Counts how the checks of all versions of all questions went. */
export class VoteSum {
  readonly #places: number;
  readonly #figures: Record<CheckName, VoteFigures>;

  /** @param places `DOUBLE_CHECK_COUNTER` */
  constructor(places: number) {
    this.#places = places;
    const none = { held: 0, passed: 0, failed: 0, undecided: 0, split: 0, cast: 0, saved: 0 };
    const of = (check: CheckName): VoteFigures => ({ check, ...none });
    this.#figures = { question: of('question'), relevancy: of('relevancy'), accuracy: of('accuracy') };
  }

  add({ questions }: ChunkRecord): void {
    for (const { versions } of questions)
      for (const { checks } of versions) checks.forEach((each) => this.#count(each));
  }

  /** In the order in which they are held; none where none was. */
  get figures(): VoteFigures[] {
    return CHECKS.map((check) => this.#figures[check]).filter(({ held }) => held > 0);
  }

  #count({ check, outcome, votes }: CheckRecord): void {
    const figures = this.#figures[check];
    const has = (side: 'yes' | 'no') => votes.some(({ vote }) => vote === side);
    figures.held += 1;
    figures[outcome] += 1;
    figures.cast += votes.length;
    figures.saved += Math.max(0, this.#places - votes.length);
    if (has('yes') && has('no')) figures.split += 1;
  }
}

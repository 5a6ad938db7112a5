import { setTimeout as sleep } from 'node:timers/promises';
import type { Rehearsal } from '../../src/rehearsal/server.js';
import { readRecordedCalls } from '../support/dataset.js';

/** By then the provider has read what a killed process had still sent, and has seen its connections close. */
const SETTLE_MS = 250;

/** Of each kill of workers: the calls that may have to be paid again. */
export class KillLog {
  readonly kills: ReadonlySet<string>[] = [];
  /** How often each had been asked when a kill found it in flight: one that nobody asked since was lost only once. */
  readonly #askedBefore = new Map<string, number>();

  constructor(
    private readonly model: Rehearsal,
    private readonly output: string,
  ) {}

  /**
   * To be called when killed workers are gone and before they are there again: what the provider was asked and the
   * journal does not have was in flight, but for what a living worker still waits for.
   */
  async note(): Promise<void> {
    await sleep(SETTLE_MS);
    const recorded = await readRecordedCalls(this.output);
    const lost = Object.entries(this.model.calls()).filter(
      ([call, { deliveries, inFlight }]) =>
        inFlight === 0 && !recorded.has(call) && deliveries > (this.#askedBefore.get(call) ?? 0),
    );
    for (const [call, { deliveries }] of lost) this.#askedBefore.set(call, deliveries);
    this.kills.push(new Set(lost.map(([call]) => call)));
  }
}

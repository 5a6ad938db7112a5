/** While a model is blocked, one call in this time tries whether it is put right. */
const PROBE_INTERVAL_MS = 30_000;
/** So soon a blocked task is tried again: most then stand ready at the server when a probe finds the model put right. */
const BLOCKED_RETRY_MS = 10_000;

interface Block {
  message: string;
  since: number;
  nextProbeAt: number;
}

/**
 * What nothing will answer until a person acts (key, account, model name): the whole model, or one step's calls. Now and
 * then one call probes whether it is put right. Times are milliseconds of the caller's clock.
 */
export class Blocks {
  /** By step; without one, it is about all calls of the model. */
  readonly #blocks = new Map<string | undefined, Block>();

  /** Some step that is blocked, for those who ask about no step of their own. */
  get anyStep(): string | undefined {
    const [step] = this.#blocks.keys();
    return step;
  }

  add(message: string, step: string | undefined, now: number): void {
    const { since = now, nextProbeAt = now + PROBE_INTERVAL_MS } = this.#blocks.get(step) ?? {};
    this.#blocks.set(step, { message: step === undefined ? message : `${step}: ${message}`, since, nextProbeAt });
  }

  /** A call that began at `startedAt` was answered: a block that came after it began, or of another step, stays. */
  answered(step: string, startedAt: number): void {
    for (const blocked of [undefined, step]) {
      if (startedAt >= (this.#blocks.get(blocked)?.since ?? startedAt)) this.#blocks.delete(blocked);
    }
  }

  /** Whether a call of the step is blocked, and whether it is the one to try. */
  find(step: string | undefined, now: number): { message: string; retryInMs: number; mayProbe: boolean } | undefined {
    const block = this.#of(step);
    if (block === undefined) return undefined;
    // Whoever comes when the probe is due makes it.
    const retryInMs = Math.min(block.nextProbeAt - now, BLOCKED_RETRY_MS);
    return { message: block.message, retryInMs, mayProbe: block.nextProbeAt <= now };
  }

  /** A call of the step starts in spite of a block. */
  noteProbe(step: string | undefined, now: number): void {
    const block = this.#of(step);
    if (block !== undefined) block.nextProbeAt = now + PROBE_INTERVAL_MS;
  }

  #of(step: string | undefined): Block | undefined {
    return this.#blocks.get(undefined) ?? this.#blocks.get(step);
  }
}

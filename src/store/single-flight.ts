/** Runs one action per key at a time: who comes while it runs gets the same promise. */
export class SingleFlight {
  readonly #running = new Map<string, Promise<unknown>>();

  /** Everyone who asks for the same key must give an action of the same result. */
  run<Result>(key: string, action: () => Promise<Result>): Promise<Result> {
    const running = this.#running.get(key);
    if (running !== undefined) return running as Promise<Result>;
    const started = action().finally(() => this.#running.delete(key));
    this.#running.set(key, started);
    return started;
  }

  keys(): string[] {
    return [...this.#running.keys()];
  }
}

/** A gate that nobody opens opens by itself, so that a failing test ends. */
const LONGEST_HOLD_MS = 10_000;

/** Holds something up until the test lets it go on. */
export class Gate {
  /** Settles when something stands before the gate. */
  readonly reached: Promise<void>;
  readonly #longestHoldMs: number;
  readonly #opened: Promise<void>;
  #reach: () => void = () => {};
  #open: () => void = () => {};

  constructor(longestHoldMs = LONGEST_HOLD_MS) {
    this.#longestHoldMs = longestHoldMs;
    this.reached = new Promise((resolve) => (this.#reach = resolve));
    this.#opened = new Promise((resolve) => (this.#open = resolve));
  }

  async pass(): Promise<void> {
    this.#reach();
    const timer = setTimeout(() => this.open(), this.#longestHoldMs);
    await this.#opened;
    clearTimeout(timer);
  }

  open(): void {
    this.#open();
  }
}

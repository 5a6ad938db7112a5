export interface StopSignals {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  dispose(): void;
}

/** Ctrl-C, a polite kill, and a terminal or connection that is closed; each with the code of a process it ends. */
const STOP_SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type StopSignal = keyof typeof STOP_SIGNALS;

/** One Ctrl-C comes twice through `npx`, which gets it with us and hands it on. */
const SAME_PRESS_MS = 1_000;

/** The first signal asks, a second Ctrl-C or SIGTERM ends the process at once. */
export function listenForStop(onStop: () => void): StopSignals {
  const controller = new AbortController();
  let askedAt = 0;
  const handle = (signal: NodeJS.Signals) => {
    if (!controller.signal.aborted) {
      askedAt = performance.now();
      controller.abort();
      onStop();
      return;
    }
    // Nobody presses a hang-up: a closing terminal sends several.
    if (signal === 'SIGHUP' || performance.now() - askedAt < SAME_PRESS_MS) return;
    // Calls in flight are given up: they are the only ones that may be paid again.
    process.exit(STOP_SIGNALS[signal as StopSignal]);
  };
  const signals = Object.keys(STOP_SIGNALS) as StopSignal[];
  for (const signal of signals) process.on(signal, handle);
  const dispose = () => {
    for (const signal of signals) process.off(signal, handle);
  };
  return { signal: controller.signal, dispose };
}

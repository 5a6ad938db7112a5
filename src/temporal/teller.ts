/** A message, or that there is none any more. */
export type Telling = string | undefined;

/**
 * Passes on what has changed, but no oftener than the interval allows: of what changes in between only the last is told,
 * when its time has come, and nothing if by then all is as it was told before.
 */
export function createTeller(intervalMs: number, send: (message: Telling) => unknown): (message: Telling) => void {
  let told: Telling;
  let current: Telling;
  let timer: NodeJS.Timeout | undefined;
  let isResting = false;
  const tellNow = () => {
    if (isResting || current === told) return;
    told = current;
    isResting = true;
    send(current);
    timer = setTimeout(() => {
      isResting = false;
      tellNow();
    }, intervalMs);
    timer.unref();
  };
  return (message) => {
    current = message;
    tellNow();
  };
}

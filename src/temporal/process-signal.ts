/** @returns false where there is no such process (any more), or none of ours */
export function sendSignal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Whether a process has this number; it may be another one by now. */
export function isAlive(pid: number): boolean {
  return sendSignal(pid, 0);
}

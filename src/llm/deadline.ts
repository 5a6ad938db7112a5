import { APIConnectionTimeoutError } from 'openai';

/**
 * Runs a call until its time is up. The package's own timeout ends with the first headers, and some providers send
 * those at once and the answer much later, or never.
 *
 * @throws APIConnectionTimeoutError, or what `call` throws
 */
export async function withDeadline<Result>(
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    return await call(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? new APIConnectionTimeoutError() : error;
  } finally {
    clearTimeout(timer);
  }
}

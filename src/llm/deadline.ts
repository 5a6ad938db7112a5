import { APIConnectionTimeoutError } from 'openai';

/**
 * Runs a call until its time is up, however many requests it takes: the package's own timeout begins anew with each.
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

/** What the limiter of one model queue is doing, for `status`, the log and the lease. */
export interface LimiterState {
  /** Calls that may be in flight. */
  limit: number;
  inFlight: number;
  /** Tasks in hand that wait for their turn. */
  waiting: number;
  /** This worker's part of the configured rates, where there are any. */
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  /** Calls a minute, while refusals of the provider (429) hold them back. */
  slowedTo?: number;
  /** Calls answered by the provider since this worker started. */
  answered: number;
  /** Calls that got no answer since this worker started, by a short reason: `429`, `timeout`, `connection reset`. */
  failures: Record<string, number>;
  /** When they were. */
  faults?: FaultCounts;
  /** What the last of them ended with. */
  lastFailure?: string;
  /** Why no call starts now; absent while calls may start. */
  closed?: {
    reason: 'stopping' | 'paused' | 'over budget' | 'blocked' | 'cooling down' | 'output unusable';
    message: string;
    /** Milliseconds since the epoch. */
    until?: number;
  };
}

/** How many calls failed, by bin of time: bin 3 is from 3 to 4 times `binMs` since the epoch. */
export interface FaultCounts {
  binMs: number;
  counts: Record<string, number>;
}

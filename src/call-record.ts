import type { Usage } from './records.js';

/** Which answer of which worker process a journal record is: so that it is counted once. */
export interface PaidBy {
  worker: string;
  /** From 1, in the order in which the answers came. */
  number: number;
}

/** Journal record: one model call, `generations/`. Each has a checksum over all else as its last field (`store/sealed.ts`). */
export interface CallRecord {
  call: { chunk: string; step: string; id: string };
  request: ModelRequest;
  /** Journal key: SHA-256 over the canonical request and the call id, hex. */
  requestHash: string;
  /** The model's text; absent where the provider refused. */
  reply?: string;
  /** Why the provider would not answer this request. */
  refused?: string;
  usage: Usage;
  finishReason: string;
  latencyMs: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Absent where the provider refused a request before it answered any of it, which costs nothing. */
  paidBy?: PaidBy;
  /** What the step's parser read at that time, for people; resume always parses the reply anew. */
  parsed?: unknown;
  unusable?: string;
}

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface Sampling {
  temperature: number;
  top_p: number;
  max_tokens: number;
  /** At most 4. */
  stop?: string[];
}

export interface ModelRequest {
  model: string;
  messages: Message[];
  sampling: Sampling;
}

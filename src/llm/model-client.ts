import type { ModelRequest } from '../call-record.js';
import type { Usage } from '../records.js';

export interface ModelReply {
  /** The model's text, empty where the provider sent none; never longer than its max_tokens can be. */
  text: string;
  /** As the provider names it: `stop`, `length`, ...; `none` where it says nothing, `too long` where we cut it. */
  finishReason: string;
  usage: Usage;
}

export interface CompleteOptions {
  /** Sent with the call, so that the provider's or a gateway's log can be read. ASCII only. */
  headers: Record<string, string>;
}

/** Makes one call and no retries. Throws `ModelCallError` only. */
export interface ModelClient {
  /** Host and port, for messages. */
  readonly host: string;
  /** The longest a call may take. */
  readonly timeoutMs: number;
  complete(request: ModelRequest, options: CompleteOptions): Promise<ModelReply>;
}

import type { CallFailure } from '../../src/llm/errors.js';
import { ModelCallError } from '../../src/llm/errors.js';
import type { CompleteOptions, ModelClient, ModelReply } from '../../src/llm/model-client.js';
import type { ModelRequest } from '../../src/call-record.js';
import { Gate } from './gate.js';

/** A provider with a queue of answers, one for each call; a call for which there is none is an error. */
export class QueuedClient implements ModelClient {
  readonly host = 'api.example.com';
  readonly timeoutMs = 1_000;
  /** All calls so far. */
  readonly history: { request: ModelRequest; headers: CompleteOptions['headers'] }[] = [];
  readonly #queue: (ModelReply | ModelCallError)[] = [];
  #gate: Gate | undefined;

  answer(text: string, finishReason = 'stop'): this {
    this.#queue.push({ text, finishReason, usage: { prompt: 100, cached: 60, completion: 20 } });
    return this;
  }

  fail(failure: Partial<CallFailure>): this {
    this.#queue.push(
      new ModelCallError({
        kind: 'transport',
        message: '503 from api.example.com',
        reason: '503',
        rateLimited: false,
        ...failure,
      }),
    );
    return this;
  }

  /** All calls from now on wait until the gate is opened. */
  hold(): Gate {
    this.#gate = new Gate();
    return this.#gate;
  }

  async complete(request: ModelRequest, { headers }: CompleteOptions): Promise<ModelReply> {
    this.history.push({ request, headers });
    await this.#gate?.pass();
    const next = this.#queue.shift();
    if (next === undefined) throw new Error(`call ${this.history.length} was not expected`);
    if (next instanceof ModelCallError) throw next;
    return next;
  }
}

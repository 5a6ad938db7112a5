import type { IncomingHttpHeaders } from 'node:http';
import { createDraw } from './draw.js';
import { FAULT_ANSWERS, HTML_TYPE, JSON_TYPE, limitAnswer } from './fault-answers.js';
import type { HttpAnswer } from './fault-answers.js';
import { drawTransportFault } from './faults.js';
import type { AnsweredFault, TransportFault } from './faults.js';
import { type MinuteLimits, RateLimits } from './limits.js';
import type { RehearsalOptions } from './options.js';
import { PromptCache } from './prompt-cache.js';
import { completionBody, readCall } from './protocol.js';
import type { Endpoint, ModelCall } from './protocol.js';
import { replyTo } from './reply.js';
import { StatsLedger } from './stats.js';
import type { Delivery } from './stats.js';

/** What is to be sent for a call, and when. */
export interface PlannedAnswer extends HttpAnswer {
  /** Milliseconds to wait before. */
  delayMs: number;
  /** `hang`: nothing is ever sent; `reset`: the connection is cut. */
  fault?: TransportFault;
  delivery: Delivery;
  /** To be called when the answer is sent. */
  sent(): void;
}

/** The model behind the HTTP server: decides on everything about an answer, sends nothing. */
export class RehearsalModel {
  readonly stats = new StatsLedger();
  private readonly cache = new PromptCache();
  private readonly limits: RateLimits;

  constructor(private readonly options: RehearsalOptions) {
    this.limits = new RateLimits(options);
  }

  /** From now on these limits hold. */
  setLimits(limits: MinuteLimits): void {
    this.limits.set(limits);
  }

  /** Throws ApiError where the request is no call for this model. */
  plan(endpoint: Endpoint, body: string, headers: IncomingHttpHeaders): PlannedAnswer {
    const call = readCall(endpoint, body, headers);
    const key = call.callId ?? call.messagesHash;
    const delivery = this.stats.start(key, call.step ?? 'none', call.callId !== undefined);
    const draw = createDraw(this.options.seed, 'delivery', key, delivery.number);
    const fault = drawTransportFault(this.options.faults, draw);
    const { latencyMs, jitterMs } = this.options;
    const delayMs = Math.max(0, latencyMs + jitterMs * (2 * draw('jitter') - 1));
    if (fault !== undefined) this.stats.countFault(fault);
    if (fault === undefined || fault === 'empty' || fault === 'mistyped')
      return this.answer(call, delivery, delayMs, fault);
    const answer = FAULT_ANSWERS[fault];
    // A provider turns a call down at its door; all other faults take as long as an answer.
    return this.turnDown(answer, delivery, answer.status === 429 ? 0 : delayMs, fault);
  }

  private answer(call: ModelCall, delivery: Delivery, delayMs: number, fault?: AnsweredFault): PlannedAnswer {
    const reply = replyTo(call, this.options);
    const prompt = this.cache.measure(call.messages);
    const now = performance.now();
    const reached = this.limits.take(prompt.tokens + reply.tokens, now);
    if (reached !== undefined) {
      this.stats.countFault('limit');
      return this.turnDown(limitAnswer(call.model, reached), delivery, 0);
    }
    if (reply.fault !== undefined) this.stats.countFault(reply.fault);
    const usage = { prompt: prompt.tokens, cached: prompt.cached, completion: reply.tokens };
    const sent = (): void => {
      delivery.end(fault === 'empty' ? 'fault' : 'answered');
      if (fault === 'empty') return;
      this.cache.remember(prompt);
      this.stats.countTokens(usage);
    };
    const headers = { ...(fault === 'mistyped' ? HTML_TYPE : JSON_TYPE), ...this.limits.headers(now) };
    const body = completionBody(call, fault === 'empty' ? undefined : reply, usage);
    return { status: 200, headers, body, delayMs, delivery, sent };
  }

  private turnDown(answer: HttpAnswer, delivery: Delivery, delayMs: number, fault?: TransportFault): PlannedAnswer {
    const headers = { ...this.limits.headers(performance.now()), ...answer.headers };
    const sent = (): void => delivery.end('fault');
    return { ...answer, headers, delayMs, delivery, sent, ...(fault !== undefined && { fault }) };
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from '../../src/call-record.js';
import { agreeableReply } from './agreeable-replies.js';
import { Gate } from './gate.js';

/** What a provider answers to one call: a completion, or an error. */
export type ProviderAnswer =
  { text: string; finishReason?: 'length' } | { status: number; error: { message: string; code: string } };

const TOKENS = { prompt_tokens: 100, completion_tokens: 10 };
/** On a busy machine it takes seconds to start the program, and a test may have to, twice, while a call is held. */
const LONGEST_HOLD_MS = 60_000;
const CHUNK_ID = /^(?<document>.+)-[0-9a-f]{6}-\d{5}-[0-9a-f]{8}\/(?<call>.+)$/;

/**
 * A chat-completions service on this machine that answers each call as its script says, and as a good model where it
 * says nothing. Calls are named `<document>/<call id>`, the document without its hash: `tides/q1.v1.accuracy.2`.
 */
export class ScriptedProvider {
  /** The names of all calls, as they came in. */
  readonly calls: string[] = [];
  /** Calls that no good model could have known what to say to. */
  readonly #offScript: string[] = [];
  readonly #script: ReadonlyMap<string, ProviderAnswer>;
  readonly #gates = new Map<string, Gate>();
  readonly #server: Server;

  private constructor(script: Iterable<readonly [string, ProviderAnswer]>) {
    this.#script = new Map(script);
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
    });
  }

  static async start(script: Iterable<readonly [string, ProviderAnswer]>): Promise<ScriptedProvider> {
    const provider = new ScriptedProvider(script);
    provider.#server.listen(0, '127.0.0.1');
    await once(provider.#server, 'listening');
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** This call waits until the gate is opened. */
  hold(call: string): Gate {
    const gate = new Gate(LONGEST_HOLD_MS);
    this.#gates.set(call, gate);
    return gate;
  }

  /** Where the program left the script: what it never asked, asked twice, or should not have asked at all. */
  deviations(): string[] {
    const asked = new Set(this.calls);
    return [
      ...[...this.#script.keys()].filter((call) => !asked.has(call)).map((call) => `${call} was never asked`),
      ...this.calls.filter((call, index) => this.calls.indexOf(call) < index).map((call) => `${call} came twice`),
      ...this.#offScript.map((call) => `${call} is not in the script`),
    ];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const { messages } = JSON.parse(await readBody(request)) as { messages: Message[] };
    const call = callName(request);
    this.calls.push(call);
    await this.#gates.get(call)?.pass();
    const answer =
      this.#script.get(call) ?? this.#agree(call, String(request.headers['x-augmentoolkit-step']), messages);
    if ('status' in answer) return { status: answer.status, body: { error: answer.error } };
    const message = { role: 'assistant', content: answer.text };
    const choices = [{ index: 0, finish_reason: answer.finishReason ?? 'stop', message }];
    return { status: 200, body: { id: 'scripted', object: 'chat.completion', choices, usage: TOKENS } };
  }

  #agree(call: string, step: string, messages: Message[]): ProviderAnswer {
    const text = agreeableReply(step, messages);
    if (text !== undefined) return { text };
    this.#offScript.push(call);
    return { status: 400, error: { message: 'not in the script', code: 'content_policy_violation' } };
  }
}

/** `tides-0a1b2c-00001-89abcdef/judge` -> `tides/judge`. */
function callName(request: IncomingMessage): string {
  const { document, call } = CHUNK_ID.exec(String(request.headers['x-augmentoolkit-call']))?.groups ?? {};
  return `${document}/${call}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += String(part);
  return body;
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SwitchedAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

export interface PassingCall {
  /** `<chunk>/<call id>` */
  call: string;
  step: string;
  /** What came with it in `Authorization`. */
  authorization: string;
}

/** An answer in place of the model's; undefined: the model's own. */
export type Switch = (call: PassingCall) => SwitchedAnswer | undefined;

/** Stands in front of a model on this machine, passes calls on, and answers in its place while it is switched to. */
export class SwitchableProvider {
  /** All calls as they came, each with the status of its answer. */
  readonly answered: { call: PassingCall; status: number; at: number }[] = [];
  readonly #server: Server;
  readonly #model: URL;
  #switch: Switch = () => undefined;

  private constructor(model: string) {
    this.#model = new URL(model);
    this.#server = createServer((request, response) => {
      this.#answer(request)
        .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
        .catch(() => response.destroy());
    });
  }

  /** `model`: its address, as it would stand in BASE_URL. */
  static async start(model: string): Promise<SwitchableProvider> {
    const provider = new SwitchableProvider(model);
    provider.#server.listen(0, '127.0.0.1');
    await once(provider.#server, 'listening');
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** From now on this decides on each call. */
  to(decide: Switch): void {
    this.#switch = decide;
  }

  /** From now on the model answers. */
  back(): void {
    this.#switch = () => undefined;
  }

  /** How many calls were answered with another status than 200. */
  get turnedDown(): number {
    return this.answered.filter(({ status }) => status !== 200).length;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage): Promise<SwitchedAnswer> {
    const body = await readBody(request);
    const header = (name: string) => String(request.headers[name] ?? '');
    const call = {
      call: header('x-augmentoolkit-call'),
      step: header('x-augmentoolkit-step'),
      authorization: header('authorization'),
    };
    const at = Date.now();
    const answer = this.#switch(call) ?? (await this.#pass(request.url ?? '', call, body));
    this.answered.push({ call, status: answer.status, at });
    return answer;
  }

  async #pass(path: string, { call, step }: PassingCall, body: string): Promise<SwitchedAnswer> {
    const headers = { 'x-augmentoolkit-call': call, 'x-augmentoolkit-step': step };
    const response = await fetch(new URL(path, this.#model), { method: 'POST', headers, body });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, headers: { 'content-type': type }, body: await response.text() };
  }
}

/** An error as OpenAI's servers give it. */
export function apiError(status: number, message: string, rest: object = {}): SwitchedAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ error: { message, type: 'error', ...rest } }) };
}

/** A page of something that stands between. */
export function webPage(status: number, title: string): SwitchedAnswer {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += String(part);
  return body;
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a service answers: JSON, or text of another type. */
export interface ServiceAnswer {
  status: number;
  body: unknown;
}

export interface ServiceCall {
  /** As in `GET /v1/models`. */
  request: string;
  key: string;
  body: Record<string, unknown>;
}

export interface StrictService {
  url: string;
  calls: ServiceCall[];
  close(): Promise<void>;
}

/** A service on this machine that answers as it is told, and keeps what it was asked. */
export async function strictService(answer: (call: ServiceCall) => ServiceAnswer): Promise<StrictService> {
  const calls: ServiceCall[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const call: ServiceCall = {
        request: `${request.method} ${request.url}`,
        key: (request.headers.authorization ?? '').replace(/^Bearer /, ''),
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
      calls.push(call);
      const { status, body } = answer(call);
      const type = typeof body === 'string' ? 'text/html' : 'application/json';
      response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, calls, close };
}

export function completion(text: string, finishReason = 'stop'): ServiceAnswer {
  const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finishReason }];
  return { status: 200, body: { choices, usage: { prompt_tokens: 1_024, completion_tokens: 2 } } };
}

export function refusal(status: number, message: string, code = 'invalid_request_error'): ServiceAnswer {
  return { status, body: { error: { message, code } } };
}

export function modelList(...names: string[]): ServiceAnswer {
  return { status: 200, body: { object: 'list', data: names.map((id) => ({ id, object: 'model' })) } };
}

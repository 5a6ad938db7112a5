import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApiError, ListenError } from './errors.js';
import { errorAnswer, JSON_TYPE } from './fault-answers.js';
import type { HttpAnswer } from './fault-answers.js';
import type { MinuteLimits } from './limits.js';
import { RehearsalModel } from './model.js';
import type { PlannedAnswer } from './model.js';
import type { RehearsalOptions } from './options.js';
import { modelsBody } from './protocol.js';
import type { Endpoint } from './protocol.js';
import type { CallHistory, RehearsalStats } from './stats.js';

export { ListenError } from './errors.js';
export type { RehearsalOptions } from './options.js';
export type { CallHistory, RehearsalStats } from './stats.js';

/** A rehearsal model that listens. */
export interface Rehearsal {
  /** What belongs into BASE_URL: `http://127.0.0.1:PORT/v1`. */
  url: string;
  port: number;
  stats(): RehearsalStats;
  /** What became of each call, by its id. */
  calls(): Record<string, CallHistory>;
  /** Other limits from now on, also by `PUT /limits`. */
  setLimits(limits: MinuteLimits): void;
  /** Cuts all connections, those of hanging calls too. */
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';
/** Longer than clients keep an idle connection, so that none is closed under a request that is on its way. */
const KEEP_ALIVE_MS = 120_000;

/** Starts an OpenAI-compatible server that plays the steps of the pipeline by rules. Throws ListenError. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const model = new RehearsalModel(options);
  const server = createServer((request, response) => {
    handle(model, request, response).catch((error: unknown) => sendError(response, error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const host = options.host ?? DEFAULT_HOST;
  const port = await listen(server, options.port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`,
    port,
    stats: () => model.stats.snapshot(),
    calls: () => model.stats.byCall(),
    setLimits: (limits) => model.setLimits(limits),
    close: () => closeServer(server),
  };
}

const ENDPOINTS: Record<string, Endpoint> = { '/v1/chat/completions': 'chat', '/v1/completions': 'text' };

async function handle(model: RehearsalModel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const endpoint = ENDPOINTS[path];
  if (request.method === 'POST' && endpoint !== undefined) {
    const body = await readBody(request);
    await deliver(model.plan(endpoint, body, request.headers), response);
    return;
  }
  if (request.method === 'PUT' && path === '/limits') {
    model.setLimits(readLimits(await readBody(request)));
    send(response, { status: 204, headers: {}, body: '' });
    return;
  }
  const page = request.method === 'GET' ? PAGES[path] : undefined;
  if (page === undefined) {
    throw new ApiError(404, `Unknown request URL: ${request.method} ${path}.`, {
      type: 'invalid_request_error',
      code: 'unknown_url',
    });
  }
  send(response, { status: 200, headers: JSON_TYPE, body: page(model) });
}

/** `{"rpm": 300, "tpm": 100000}`; one that is left out is no limit. */
function readLimits(body: string): MinuteLimits {
  const given = parseLimits(body);
  const known = ['rpm', 'tpm'];
  const areLimits = Object.entries(given ?? { '': 0 }).every(
    ([name, limit]) => known.includes(name) && Number.isSafeInteger(limit) && Number(limit) > 0,
  );
  if (areLimits) return given as MinuteLimits;
  throw new ApiError(400, 'Write whole numbers above 0: {"rpm": 300, "tpm": 100000}; one left out is no limit.', {
    type: 'invalid_request_error',
  });
}

function parseLimits(body: string): object | undefined {
  try {
    const given: unknown = JSON.parse(body);
    return typeof given === 'object' && given !== null ? given : undefined;
  } catch {
    return undefined;
  }
}

const PAGES: Record<string, (model: RehearsalModel) => string> = {
  '/v1/models': () => modelsBody(),
  '/stats': ({ stats }) => JSON.stringify(stats.snapshot()),
  '/stats/calls': ({ stats }) => JSON.stringify(stats.byCall()),
};

async function deliver(answer: PlannedAnswer, response: ServerResponse): Promise<void> {
  response.once('close', () => answer.delivery.end(answer.fault === undefined ? 'abandoned' : 'fault'));
  if (answer.fault === 'hang') return;
  await pause(answer.delayMs, response);
  if (response.destroyed) return;
  answer.sent();
  if (answer.fault === 'reset') response.socket?.resetAndDestroy();
  else send(response, answer);
}

/** Ends early when the client goes away. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const known = error instanceof ApiError ? error : new ApiError(500, String(error), { type: 'server_error' });
  send(response, errorAnswer(known));
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(error.code ?? 'unknown', port, host)),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

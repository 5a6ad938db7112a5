import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, type ConnectionLike } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { NativeConnection } from '@temporalio/worker';
import { isLocalAddress, type TemporalTarget } from '../config/temporal-target.js';
import { NamespaceMissingError } from './namespace-missing-error.js';
import { reach } from './reach.js';
import { TemporalError } from './temporal-error.js';

const CONNECT_TIMEOUT_MS = 10_000;
const NAMESPACE_TIMEOUT_MS = 30_000;
const NAMESPACE_POLL_MS = 200;

/** How long ended runs stay in a namespace that we make: as in those that the local server makes by itself. */
const RETENTION = '1 day';

/** gRPC status codes, by https://grpc.io/docs/guides/status-codes/ */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/**
 * For commands: connects, and makes sure that the namespace is there and open to us.
 * Who connects closes `connection`.
 *
 * @throws TemporalError that names the cause
 */
export async function connectClient(target: TemporalTarget): Promise<{ client: Client; connection: Connection }> {
  const options = { ...accessOptions(target), connectTimeout: CONNECT_TIMEOUT_MS };
  const connection = await connectWith((): Promise<Connection> => Connection.connect(options), target);
  return { connection, client: new Client({ connection, namespace: target.namespace }) };
}

/** The same for workers, who need the native connection. Loads the worker package only now: it takes half a second. */
export async function connectNative(target: TemporalTarget): Promise<NativeConnection> {
  const { NativeConnection: Native } = await import('@temporalio/worker');
  // By default all messages are compressed: on one machine that only takes time.
  const grpcCompression = { codec: isLocalAddress(target.address) ? 'none' : 'gzip' } as const;
  return connectWith(() => Native.connect({ ...accessOptions(target), grpcCompression }), target);
}

/** Makes a namespace, and waits until it can be used. That somebody else made it meanwhile is as good. */
export async function createNamespace(target: TemporalTarget): Promise<void> {
  const connection = await Connection.connect({ ...accessOptions(target), connectTimeout: CONNECT_TIMEOUT_MS });
  const { namespace } = target;
  try {
    await connection.withDeadline(Date.now() + NAMESPACE_TIMEOUT_MS, async () => {
      await unlessCode(ALREADY_EXISTS, () =>
        connection.workflowService.registerNamespace({
          namespace,
          workflowExecutionRetentionPeriod: msToTs(RETENTION),
        }),
      );
      // The server remembers for some seconds that it was asked for a namespace that was not there.
      const isUsable = () =>
        unlessCode(NOT_FOUND, () => connection.workflowService.countWorkflowExecutions({ namespace }));
      while (!(await isUsable())) await pause(NAMESPACE_POLL_MS);
    });
  } catch (error) {
    throw new TemporalError(
      `The namespace "${namespace}" cannot be made on the local Temporal server ` +
        `(${error instanceof Error ? error.message : String(error)}): give another TEMPORAL_NAMESPACE`,
      { cause: error },
    );
  } finally {
    await connection.close();
  }
}

/** @returns false where it was refused with this code */
async function unlessCode(code: number, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (grpcCode(error) === code) return false;
    throw error;
  }
}

function accessOptions({ address, tls, apiKey, metadata }: TemporalTarget) {
  return { address, ...(tls && { tls }), ...(apiKey && { apiKey }), ...(metadata && { metadata }) };
}

type ClosableConnection = ConnectionLike & { close(): Promise<void> };

async function connectWith<Kind extends ClosableConnection>(
  connect: () => Promise<Kind>,
  target: TemporalTarget,
): Promise<Kind> {
  await requireListener(target);
  try {
    const connection = await connect();
    await requireNamespace(connection, target);
    return connection;
  } catch (error) {
    throw explainFailure(error, target);
  }
}

/** Asked first, because the client would try until its timeout and then not say why. */
async function requireListener({ address, explicit }: TemporalTarget): Promise<void> {
  const reached = await reach(address);
  if (reached.listens) return;
  const help = explicit
    ? 'check TEMPORAL_ADDRESS, TEMPORAL.ADDRESS in the settings, or your profile in temporal.toml'
    : '`npx augmentoolkit server start` starts the local server';
  throw new TemporalError(`No Temporal server answers at ${address} (${describeCode(reached.code)}): ${help}`);
}

function describeCode(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no such host';
    case 'ETIMEDOUT':
      return 'no answer in time';
    default:
      return code;
  }
}

/** A missing or foreign API key shows here only: connecting succeeds without. */
async function requireNamespace(connection: ClosableConnection, { namespace }: TemporalTarget): Promise<void> {
  try {
    await connection.withDeadline(Date.now() + CONNECT_TIMEOUT_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function explainFailure(error: unknown, { address, namespace, tls, apiKey }: TemporalTarget): TemporalError {
  const code = grpcCode(error);
  const server = `The Temporal server at ${address}`;
  if (code === NOT_FOUND) {
    return new NamespaceMissingError(`${server} has no namespace "${namespace}": check TEMPORAL_NAMESPACE`, {
      cause: error,
    });
  }
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED) {
    const key = apiKey === undefined ? 'TEMPORAL_API_KEY, which is not set' : 'TEMPORAL_API_KEY';
    return new TemporalError(
      `${server} does not let us into namespace "${namespace}": check TEMPORAL_NAMESPACE and ${key}`,
      { cause: error },
    );
  }
  return new TemporalError(
    `What listens at ${address} does not answer as a Temporal server ${tls ? 'with' : 'without'} TLS: ` +
      `check the address and the TLS settings (TEMPORAL_TLS and the like)`,
    { cause: error },
  );
}

/** On the error itself, as the native connection throws it, or on its cause, as the client does. */
function grpcCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'number') return error.code;
  return 'cause' in error ? grpcCode(error.cause) : undefined;
}

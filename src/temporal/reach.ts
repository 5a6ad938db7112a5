import { connect } from 'node:net';
import { TemporalError } from './temporal-error.js';

/** Long enough for another continent, short enough for somebody who waits. */
const REACH_TIMEOUT_MS = 5_000;
const DEFAULT_PORT = 7_233;

/** Whether anything listens at an address; if not, the system's word for it (`ECONNREFUSED`, `ENOTFOUND`, `ETIMEDOUT`). */
export type Reach = { listens: true } | { listens: false; code: string };

/** @param address `host:port` or `[IPv6]:port` */
export async function reach(address: string): Promise<Reach> {
  const { host, port } = parseAddress(address);
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (result: Reach) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(REACH_TIMEOUT_MS, () => settle({ listens: false, code: 'ETIMEDOUT' }));
    socket.once('connect', () => settle({ listens: true }));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle({ listens: false, code: error.code ?? error.message }),
    );
  });
}

/** @throws TemporalError where it is no address */
export function parseAddress(address: string): { host: string; port: number } {
  const url = URL.canParse(`tcp://${address}`) ? new URL(`tcp://${address}`) : undefined;
  if (url === undefined || url.hostname === '' || !['', '/'].includes(url.pathname)) {
    throw new TemporalError(
      `"${address}" is not the address of a Temporal server: write host:port, as in 127.0.0.1:7233`,
    );
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || DEFAULT_PORT) };
}

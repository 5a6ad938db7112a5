import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { errorCode } from '../../src/error-code.js';

/** Below the ports that systems give to connections by themselves: no such connection takes one before it is used. */
const LOWEST = 10_240;
const HIGHEST = 32_767;

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) return port;
  }
}

/** Two of them: asked for one after the other, they could be the same. */
export async function twoFreePorts(): Promise<[number, number]> {
  const first = await freePort();
  let second = await freePort();
  while (second === first) second = await freePort();
  return [first, second];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    // Taken, or kept for the system's own use.
    if (['EADDRINUSE', 'EACCES'].includes(errorCode(error))) return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}

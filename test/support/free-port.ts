import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const [port] = await twoFreePorts();
  return port;
}

/** Two of them: asked for one after the other, they could be the same. */
export async function twoFreePorts(): Promise<[number, number]> {
  const [first, second] = await Promise.all([listen(), listen()]);
  const ports: [number, number] = [portOf(first), portOf(second)];
  await Promise.all([close(first), close(second)]);
  return ports;
}

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

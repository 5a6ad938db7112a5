import { existsSync } from 'node:fs';

/**
 * Before all tests: fetches or builds the Temporal server's program where it is missing, so that it happens once and
 * not in each test file at a time. It needs the built program, which `npm test` makes first.
 */
export default async function fetchServer() {
  const built = new URL('../../dist/temporal/server-binary.js', import.meta.url);
  if (!existsSync(built)) return;
  const { findServerBinary } = await import(built.href);
  const { cacheFolder } = await import(new URL('../../dist/config/environment.js', import.meta.url).href);
  await findServerBinary({ cacheFolder: cacheFolder(), onProgress: (message) => process.stderr.write(`${message}\n`) });
}

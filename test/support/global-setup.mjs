import { existsSync } from 'node:fs';
import { ensureBrowser } from './browser-binary.mjs';

const say = (message) => process.stderr.write(`${message}\n`);

/**
 * Before all tests: fetches or builds what is missing of the Temporal server's program and a browser, so that it happens
 * once and not in each test file at a time. It needs the built program, which `npm test` makes first.
 */
export default async function fetchPrograms() {
  const built = new URL('../../dist/temporal/server-binary.js', import.meta.url);
  if (!existsSync(built)) return;
  const { findServerBinary } = await import(built.href);
  const { cacheFolder } = await import(new URL('../../dist/config/environment.js', import.meta.url).href);
  await findServerBinary({ cacheFolder: cacheFolder(), onProgress: say });
  ensureBrowser(say);
}

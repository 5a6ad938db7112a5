import { cacheFolder } from '../../src/config/environment.js';
import { findServerBinary } from '../../src/temporal/server-binary.js';

/**
 * The Temporal server's program for tests, for
 * `TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'existing-path', path } } })`.
 * It is the one people get, from the same places.
 */
export async function serverExecutable(): Promise<string> {
  return findServerBinary({
    cacheFolder: cacheFolder(),
    onProgress: (message) => process.stderr.write(`${message}\n`),
  });
}

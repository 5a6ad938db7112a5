import { join } from 'node:path';
import type { LogLevel } from '@temporalio/worker';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino, { type Logger } from 'pino';
import { RUN_FILES } from '../store/run-files.js';

/** In characters: what is kept of a log that cannot be written. */
const LONGEST_BACKLOG = 1_000_000;

/** The worker's log is a file in the output folder: people see only what matters, on their terminal. */
export function openRunLog(output: string): Logger {
  const file = join(output, RUN_FILES.log);
  const destination = pino.destination({ dest: file, sync: true, maxLength: LONGEST_BACKLOG });
  // On a full disk the log waits, and then loses lines: no reason to end the run.
  destination.on('error', () => {});
  const logger = pino({ level: 'info', timestamp: pino.stdTimeFunctions.isoTime }, destination);
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => logger[pinoLevel(level)]({ ...meta }, message)),
    // The native part would write to the terminal.
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
    // Ctrl-C and SIGTERM are the command line's to handle.
    shutdownSignals: [],
  });
  return logger;
}

function pinoLevel(level: LogLevel): 'trace' | 'debug' | 'info' | 'warn' | 'error' {
  return level.toLowerCase() as Lowercase<LogLevel>;
}

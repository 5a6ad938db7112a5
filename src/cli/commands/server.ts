import { stateFolder } from '../../config/environment.js';
import { serverStatus, stopServer } from '../../temporal/server.js';
import { ensureContextServer, type GlobalOptions, openContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit.js';

export type ServerAction = 'start' | 'stop' | 'status';

/** The local Temporal server with its Web UI. */
export async function server(action: ServerAction, options: GlobalOptions & { json: boolean }): Promise<ExitCode> {
  const context = await openContext(options);
  switch (action) {
    case 'start': {
      const { address, webUi } = await ensureContextServer(context);
      print(
        options.json,
        { running: true, address, webUi },
        `The Temporal server runs at ${address}, its Web UI at ${webUi}. \`npx augmentoolkit server stop\` stops it.`,
      );
      return EXIT.done;
    }
    case 'stop': {
      const stopped = await stopServer(stateFolder());
      print(
        options.json,
        { stopped },
        stopped ? 'The Temporal server is stopped; its database stays.' : 'No local Temporal server was running.',
      );
      return EXIT.done;
    }
    case 'status': {
      const status = await serverStatus(context.target, stateFolder());
      const words = status.running
        ? `runs at ${status.address}, Web UI ${status.webUi}`
        : `does not run (${status.address})`;
      print(options.json, status, `The Temporal server ${words}.\nDatabase ${status.database}\nLog      ${status.log}`);
      return EXIT.done;
    }
  }
}

function print(json: boolean, value: unknown, words: string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : words}\n`);
}

import type { Client, Connection } from '@temporalio/client';
import { cacheFolder, findProgram, processEnvironment, stateFolder } from '../../config/environment.js';
import type { Settings } from '../../config/schema.js';
import { type TemporalTarget, webUi } from '../../config/temporal-target.js';
import { reach } from '../../temporal/reach.js';
import { presentServerBinary } from '../../temporal/server-binary.js';
import { foreignNamespace, serverStatus } from '../../temporal/server.js';
import { readLiveRecord } from '../../temporal/server-process.js';
import { TemporalError } from '../../temporal/temporal-error.js';
import type { CommandContext } from '../command-context.js';
import { withClient } from '../command-context.js';
import { type Finding, findingsOf } from './finding.js';

const { ok, fix } = findingsOf('temporal');

/** Enough to know that the namespace can be read. */
const MOST_RUNS = 100;
const LIST_TIMEOUT_MS = 10_000;

/** Which server it is and why, and whether it can be used. Starts and fetches nothing. */
export async function checkTemporal({ target, loaded }: CommandContext): Promise<Finding[]> {
  try {
    return [target.explicit ? await checkNamed(target, loaded.settings.TEMPORAL) : await checkLocal(target)];
  } catch (error) {
    if (!(error instanceof TemporalError)) throw error;
    return [fix(error.message)];
  }
}

async function checkNamed(target: TemporalTarget, settings: Settings['TEMPORAL']): Promise<Finding> {
  const runs = await withClient(target, countRuns);
  return ok(`${target.address}, namespace ${target.namespace} (from ${nameSource(settings)}): ${runs}`);
}

async function countRuns(client: Client, connection: Connection): Promise<string> {
  try {
    return await connection.withDeadline(Date.now() + LIST_TIMEOUT_MS, async () => {
      let count = 0;
      for await (const _run of client.workflow.list({ query: `WorkflowType = 'generateDataset'` })) {
        count += 1;
        if (count === MOST_RUNS) return `${MOST_RUNS} runs or more are there`;
      }
      return count === 1 ? 'one run is there' : `${count} runs are there`;
    });
  } catch (error) {
    // A run needs no list: not every key may have one.
    return `its runs cannot be listed (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Where the address was named, in the order that holds. */
export function nameSource(settings: Settings['TEMPORAL'], environment = processEnvironment()): string {
  if (settings.ADDRESS !== '') return 'TEMPORAL.ADDRESS';
  if (environment['TEMPORAL_ADDRESS']) return 'the environment variable TEMPORAL_ADDRESS';
  return `the profile ${settings.PROFILE || environment['TEMPORAL_PROFILE'] || 'default'} in temporal.toml`;
}

async function checkLocal(target: TemporalTarget): Promise<Finding> {
  const { address, uiPort } = target;
  const { answer, pid } = await serverStatus(target, stateFolder());
  if (answer === 'no namespace' && pid === undefined) return fix(foreignNamespace(target).message);
  if (answer !== 'silent') {
    const namespace =
      answer === 'serves' ? '' : `; a run makes its namespace ${target.namespace}, which is not there yet`;
    return ok(`a server on this machine runs at ${address} (none other is named), Web UI ${webUi(target)}${namespace}`);
  }
  const started = await readLiveRecord(stateFolder());
  if (started !== undefined && address !== `127.0.0.1:${started.port}`) {
    return fix(
      `the local server already runs at 127.0.0.1:${started.port}: give that as TEMPORAL.PORT, or stop it with ` +
        '`npx augmentoolkit server stop`',
    );
  }
  const taken = await takenPort(address, uiPort);
  if (taken !== undefined) return fix(taken);
  return ok(`a server on this machine will be started at ${address} (none other is named): ${programSource()}`);
}

async function takenPort(address: string, uiPort: number): Promise<string | undefined> {
  const choose = 'free it, or choose other ports with TEMPORAL.PORT and TEMPORAL.UI_PORT';
  if ((await reach(address)).listens) return `${address} is in use by something else: ${choose}`;
  if ((await reach(`127.0.0.1:${uiPort}`)).listens) return `port ${uiPort}, for its Web UI, is in use: ${choose}`;
  return undefined;
}

/** Where the server's program will come from. */
function programSource(): string {
  const present = presentServerBinary({ cacheFolder: cacheFolder() });
  if (present !== undefined) return `its program is ${present}`;
  const go = findProgram('go') === undefined ? '' : ', or else built with Go';
  return `its program is downloaded then (once, about 60 MB)${go}`;
}

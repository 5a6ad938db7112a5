import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { processEnvironment } from './environment.js';
import { isLoopback } from './missing-key.js';
import type { Settings } from './schema.js';
import { SettingsError } from './settings-error.js';

type ConnectionOptions = ClientConnectConfig['connectionOptions'];

/** Where Temporal is and how to get in. */
export interface TemporalTarget {
  /** `host:port` */
  address: string;
  namespace: string;
  tls?: NonNullable<ConnectionOptions['tls']>;
  apiKey?: string;
  metadata?: NonNullable<ConnectionOptions['metadata']>;
  /** Somebody named the address: it is used as it is, and no server is ever started for it. */
  explicit: boolean;
  /** Of a server on this machine. */
  uiPort: number;
}

const DEFAULT_NAMESPACE = 'default';

/**
 * The settings under TEMPORAL go first, then the standard `TEMPORAL_*` variables, then the profile in `temporal.toml`;
 * without any of them, the local server.
 *
 * @throws SettingsError where profile or variables cannot be used
 */
export function temporalTarget(
  settings: Settings['TEMPORAL'],
  environment: NodeJS.ProcessEnv = processEnvironment(),
): TemporalTarget {
  const { connectionOptions, namespace } = readStandardConfig(settings.PROFILE, environment);
  const { tls, apiKey, metadata } = connectionOptions;
  const address = settings.ADDRESS || connectionOptions.address;
  if (!address && apiKey) {
    throw new SettingsError([
      'There is an API key for Temporal, but no address: set TEMPORAL_ADDRESS to the one of your namespace',
    ]);
  }
  return {
    address: address || `127.0.0.1:${settings.PORT}`,
    namespace: settings.NAMESPACE || namespace || DEFAULT_NAMESPACE,
    ...(address && tls && { tls }),
    ...(address && apiKey && { apiKey }),
    ...(address && metadata && { metadata }),
    explicit: Boolean(address),
    uiPort: settings.UI_PORT,
  };
}

/** Where people look at runs; empty where it cannot be known. */
export function webUi({ address, namespace, explicit, uiPort }: TemporalTarget): string {
  if (/\.(tmprl\.cloud|api\.temporal\.io)(:\d+)?$/.test(address))
    return `https://cloud.temporal.io/namespaces/${namespace}`;
  if (!explicit || isLocalAddress(address)) return `http://127.0.0.1:${uiPort}`;
  return '';
}

/** Whether a server's address, `host:port`, is one of this machine's own. */
export function isLocalAddress(address: string): boolean {
  return URL.canParse(`http://${address}`) && isLoopback(`http://${address}`);
}

function readStandardConfig(profile: string, environment: NodeJS.ProcessEnv): ClientConnectConfig {
  const variables = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(variables), ...(profile && { profile }) });
  } catch (error) {
    // Only the first line: a TOML error goes on with the lines of the file, which may hold a key.
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new SettingsError([`The Temporal settings (temporal.toml, TEMPORAL_* variables) cannot be used: ${reason}`]);
  }
}

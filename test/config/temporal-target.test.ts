import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsSchema } from '../../src/config/schema.js';
import { temporalTarget, webUi } from '../../src/config/temporal-target.js';

let folder: string;
let profiles: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temporal-target-'));
  profiles = join(folder, 'temporal.toml');
  await writeFile(
    profiles,
    '[profile.cloud]\naddress = "eu.api.temporal.io:7233"\nnamespace = "team.acct"\napi_key = "hush"\n',
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function target(settings: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}) {
  const temporal = settingsSchema.parse({ TEMPORAL: settings }).TEMPORAL;
  return temporalTarget(temporal, { TEMPORAL_CONFIG_FILE: join(folder, 'none.toml'), ...environment });
}

it('is the local server where nobody says anything', () => {
  const local = target({});
  expect(local).toEqual({ address: '127.0.0.1:7233', namespace: 'default', explicit: false, uiPort: 8233 });
  expect(webUi(local)).toBe('http://127.0.0.1:8233');
});

it('takes other ports and another namespace for the local server', () => {
  const local = target({ PORT: 7300, UI_PORT: 8300 }, { TEMPORAL_NAMESPACE: 'books' });
  expect(local).toEqual({ address: '127.0.0.1:7300', namespace: 'books', explicit: false, uiPort: 8300 });
});

it('takes the standard variables', () => {
  const named = target({}, { TEMPORAL_ADDRESS: 'temporal.lan:7233', TEMPORAL_NAMESPACE: 'books' });
  expect(named).toMatchObject({ address: 'temporal.lan:7233', namespace: 'books', explicit: true });
  expect(webUi(named)).toBe('');
});

it('takes a profile, with its key and TLS', () => {
  const cloud = target({ PROFILE: 'cloud' }, { TEMPORAL_CONFIG_FILE: profiles });
  expect(cloud).toMatchObject({
    address: 'eu.api.temporal.io:7233',
    namespace: 'team.acct',
    apiKey: 'hush',
    tls: true,
  });
  expect(webUi(cloud)).toBe('https://cloud.temporal.io/namespaces/team.acct');
});

it('lets settings go before variables and profile', () => {
  const named = target(
    { ADDRESS: '127.0.0.1:7777', NAMESPACE: 'mine', PROFILE: 'cloud' },
    { TEMPORAL_CONFIG_FILE: profiles, TEMPORAL_NAMESPACE: 'other' },
  );
  expect(named).toMatchObject({ address: '127.0.0.1:7777', namespace: 'mine', explicit: true });
  expect(webUi(named)).toBe('http://127.0.0.1:8233');
});

it('refuses a profile that is not there, a key without an address, and a broken file without quoting it', async () => {
  expect(() => target({ PROFILE: 'nobody' }, { TEMPORAL_CONFIG_FILE: profiles })).toThrow(/cannot be used: .*nobody/);
  expect(() => target({}, { TEMPORAL_API_KEY: 'hush' })).toThrow('set TEMPORAL_ADDRESS');
  const broken = join(folder, 'broken.toml');
  await writeFile(broken, '[profile.cloud]\napi_key = hush\n');
  expect(() => target({}, { TEMPORAL_CONFIG_FILE: broken })).toThrow(/cannot be used: (?![^]*hush)/);
});

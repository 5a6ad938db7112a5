import { nameSource } from '../../../src/cli/doctor/check-temporal.js';
import { settingsSchema } from '../../../src/config/schema.js';

it.each<[Record<string, string>, NodeJS.ProcessEnv, string]>([
  [{ ADDRESS: 'a:7233' }, { TEMPORAL_ADDRESS: 'b:7233' }, 'TEMPORAL.ADDRESS'],
  [{}, { TEMPORAL_ADDRESS: 'b:7233', TEMPORAL_PROFILE: 'cloud' }, 'the environment variable TEMPORAL_ADDRESS'],
  [{ PROFILE: 'mine' }, { TEMPORAL_PROFILE: 'cloud' }, 'the profile mine in temporal.toml'],
  [{}, { TEMPORAL_PROFILE: 'cloud' }, 'the profile cloud in temporal.toml'],
  [{}, {}, 'the profile default in temporal.toml'],
])('with settings %j and variables %j the address comes from %s', (settings, environment, source) => {
  expect(nameSource(settingsSchema.parse({ TEMPORAL: settings }).TEMPORAL, environment)).toBe(source);
});

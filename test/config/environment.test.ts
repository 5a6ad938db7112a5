import { delimiter, dirname, join } from 'node:path';
import { homedir } from 'node:os';
import { cacheFolder, findProgram, stateFolder } from '../../src/config/environment.js';

it.each([
  ['linux', {}, join(homedir(), '.local/state/augmentoolkit'), join(homedir(), '.cache/augmentoolkit')],
  ['linux', { XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c' }, '/s/augmentoolkit', '/c/augmentoolkit'],
  [
    'darwin',
    {},
    join(homedir(), 'Library/Application Support/augmentoolkit'),
    join(homedir(), 'Library/Caches/augmentoolkit'),
  ],
  ['win32', { LOCALAPPDATA: '/l' }, join('/l', 'augmentoolkit', 'state'), join('/l', 'augmentoolkit', 'cache')],
] as const)('%s keeps state and cache where programs do', (platform, environment, state, cache) => {
  expect(stateFolder(environment, platform)).toBe(state);
  expect(cacheFolder(environment, platform)).toBe(cache);
});

it('finds a program on PATH, and only there', () => {
  const PATH = ['/nowhere', dirname(process.execPath)].join(delimiter);
  expect(findProgram('node', { PATH })).toBe(join(dirname(process.execPath), 'node'));
  expect(findProgram('no-such-program', { PATH })).toBeUndefined();
  expect(findProgram('node', { PATH: '' })).toBeUndefined();
});

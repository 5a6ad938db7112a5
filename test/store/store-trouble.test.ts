import { describeStoreTrouble, StoreGoneError } from '../../src/store/store-trouble.js';

function errorOf(code: string): Error {
  return Object.assign(new Error(`${code}: something, open '/data/out/x'`), { code });
}

describe('what keeps a folder from being used', () => {
  it.each([
    ['ENOSPC', 'the disk of /data/out is full (ENOSPC): make space on it'],
    ['EDQUOT', 'the disk of /data/out is full (EDQUOT): make space on it'],
    ['EACCES', '/data/out may not be written (EACCES): give yourself the right to write there'],
    ['EROFS', '/data/out may not be written (EROFS): give yourself the right to write there'],
    ['EIO', '/data/out cannot be used (EIO): see to its disk'],
    ['ESTALE', '/data/out cannot be used (ESTALE): see to its disk'],
  ])('is said in words, with what to do: %s', (code, words) => {
    expect(describeStoreTrouble(errorOf(code), '/data/out')).toBe(words);
  });

  it('is what the store says itself where the folder is gone', () => {
    expect(describeStoreTrouble(new StoreGoneError('put it back'), '/data/out')).toBe('put it back');
  });

  it.each([new Error('a bug'), errorOf('ENOENT'), undefined, null, 'text', {}])('is no other error: %p', (error) => {
    expect(describeStoreTrouble(error, '/data/out')).toBeUndefined();
  });
});

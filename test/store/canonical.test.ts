import { canonicalJson, hashOf, readableJson, sha256 } from '../../src/store/canonical.js';

describe('canonical JSON', () => {
  it.each([
    ['the order of keys', { b: 1, a: { d: 2, c: [1, { f: 1, e: 2 }] } }, { a: { c: [1, { e: 2, f: 1 }], d: 2 }, b: 1 }],
    ['keys without a value', { a: 1, b: undefined }, { a: 1 }],
    ['keys that look like numbers', { 10: 'x', 9: 'y', a: 'z' }, { a: 'z', 9: 'y', 10: 'x' }],
  ])('does not depend on %s', (_what, left, right) => {
    expect(canonicalJson(left)).toBe(canonicalJson(right));
    expect(hashOf(left)).toBe(hashOf(right));
  });

  it.each([
    ['the order of a list', ['a', 'b'], ['b', 'a']],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['null and no value', { a: null }, {}],
    ['a blank', { a: 'x ' }, { a: 'x' }],
    ['where one text ends and the next begins', ['ab', 'c'], ['a', 'bc']],
    ['composed and decomposed letters', 'é', 'e\u0301'],
  ])('tells apart %s', (_what, left, right) => {
    expect(hashOf(left)).not.toBe(hashOf(right));
  });

  it('is sorted, without blanks', () => {
    expect(canonicalJson({ b: [2, { z: null, y: 'ü' }], a: 'x' })).toBe('{"a":"x","b":[2,{"y":"ü","z":null}]}');
  });
});

it('hashes the UTF-8 bytes of a text', () => {
  // From `printf 'Größe' | sha256sum`.
  expect(sha256('Größe')).toBe('aedc3f80989a6546962705852b2f4a481dbd1e490760693525c3724bacab3f50');
});

it('writes files that people can read', () => {
  expect(readableJson({ text: 'Größe 東京 “x”\n' })).toBe('{\n  "text": "Größe 東京 “x”\\n"\n}\n');
});

import { blockPath, openBlock, renderBlock } from '../../src/store/chunk-blocks.js';
import { SAMPLE_CHUNK } from '../support/sample-records.js';

describe('the block of a chunk', () => {
  it.each([
    ['canals-0a1b2c-00001-89abcdef', 'chunks/canals-0a1b2c/0001.jsonl'],
    ['canals-0a1b2c-00064-89abcdef', 'chunks/canals-0a1b2c/0001.jsonl'],
    ['canals-0a1b2c-00065-89abcdef', 'chunks/canals-0a1b2c/0002.jsonl'],
    ['vol-12-0a1b2c-123456-89abcdef', 'chunks/vol-12-0a1b2c/1929.jsonl'],
    ['canals', undefined],
  ])('%s: %s', (id, path) => {
    expect(blockPath(id)).toBe(path);
  });

  it('gives back its chunks', () => {
    const chunks = [SAMPLE_CHUNK, { ...SAMPLE_CHUNK, id: 'next', text: 'Two\nlines\u2028and “more”.' }];
    const opened = openBlock(renderBlock(chunks));
    expect([[...opened.chunks.values()], opened.isDamaged]).toEqual([chunks, false]);
  });

  it.each([
    ['nothing', '', 0, false],
    ['zeros', '\0'.repeat(500), 0, true],
    ['the half of a line', renderBlock([SAMPLE_CHUNK]).slice(0, 80), 0, true],
    ['a line and a half', renderBlock([SAMPLE_CHUNK, SAMPLE_CHUNK]).slice(0, -80), 1, true],
  ])('tells what is damaged from %s', (_what, text, whole, isDamaged) => {
    const opened = openBlock(text);
    expect([opened.chunks.size, opened.isDamaged]).toEqual([whole, isDamaged]);
  });
});

import { documentId, parseDocumentName, sourceLine } from '../../src/ingest/document-name.js';

describe('parseDocumentName and sourceLine', () => {
  it.each([
    ['Bees, by A. Keeper', { textname: 'Bees', author: 'A. Keeper' }, 'From: Bees, by A. Keeper'],
    [
      'Bees, Wasps, and Ants, by the Society of Friends, published 1944',
      { textname: 'Bees, Wasps, and Ants', author: 'the Society of Friends', published: '1944' },
      'From: Bees, Wasps, and Ants, by the Society of Friends, published 1944',
    ],
    ['Day, by Day, by Ann Lee', { textname: 'Day, by Day', author: 'Ann Lee' }, 'From: Day, by Day, by Ann Lee'],
    [
      'Bees, by Lee, published privately',
      { textname: 'Bees', author: 'Lee, published privately' },
      'From: Bees, by Lee, published privately',
    ],
    ['notes', { textname: 'notes' }, 'From: notes'],
    ['Stand by me', { textname: 'Stand by me' }, 'From: Stand by me'],
  ])('%s', (name, parts, line) => {
    expect(parseDocumentName(name)).toEqual(parts);
    expect(sourceLine(parseDocumentName(name))).toBe(line);
  });
});

describe('documentId', () => {
  it.each([
    ["A Beekeeper's Year, by Us.txt", /^a-beekeepers-year-by-us-[0-9a-f]{6}$/],
    ['bücher/Über Bienen.md', /^bucher-uber-bienen-[0-9a-f]{6}$/],
    ['蜜蜂.txt', /^document-[0-9a-f]{6}$/],
    [`${'long name '.repeat(30)}.txt`, /^(?:long-name-){6}[0-9a-f]{6}$/],
    ['../../etc/passwd', /^etc-passwd-[0-9a-f]{6}$/],
  ])('makes a short ASCII name of %s', (path, id) => {
    expect(documentId(path)).toMatch(id);
  });

  it('tells paths apart that have the same slug, but not two Unicode forms of one path', () => {
    expect(documentId('a b.txt')).not.toBe(documentId('a-b.txt'));
    expect(documentId('a.txt')).not.toBe(documentId('a.md'));
    expect(documentId('\u00fc.txt')).toBe(documentId('u\u0308.txt'));
  });
});

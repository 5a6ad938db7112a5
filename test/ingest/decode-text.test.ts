import { decodeText } from '../../src/ingest/decode-text.js';

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('Bücher 🐝')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffBücher 🐝')],
    ['UTF-16 little-endian', Buffer.from('\ufeffBücher 🐝', 'utf16le')],
    ['UTF-16 big-endian', utf16be('\ufeffBücher 🐝')],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: 'Bücher 🐝' });
  });

  it('makes all line ends alike and leaves the rest alone', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\n\n d \t\u0065\u0301'))).toEqual({ text: 'a\nb\nc\n\n d \te\u0301' });
  });

  it.each([
    ['Latin-1', Buffer.from('Bücher', 'latin1'), 'is not valid UTF-8: save it as UTF-8'],
    ['half a character', Buffer.from('é').subarray(0, 1), 'is not valid UTF-8: save it as UTF-8'],
    ['UTF-16 cut short', Buffer.from([0xff, 0xfe, 0x41]), 'is not valid UTF-16LE: save it as UTF-8'],
    ['binary', Buffer.from([0x50, 0x4b, 0, 4]), 'holds NUL bytes, so it is not a text file'],
  ])('says why it cannot read %s', (_, bytes, reason) => {
    expect(decodeText(bytes)).toEqual({ reason });
  });
});

import { decodeText } from '../../src/ingest/decode-text.js';

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

const NUL_BYTES = 'holds NUL bytes: if it is UTF-16 without a byte order mark, save it as UTF-8; else it is no text';

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
    const [text, read] = ['a\r\nb\rc\n\n d \t\u0065\u0301\r\r\n\r', 'a\nb\nc\n\n d \te\u0301\n\n\n'];
    expect(decodeText(Buffer.from(text))).toEqual({ text: read });
    expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual({ text: read });
  });

  it.each([
    ['Latin-1', Buffer.from('Bücher', 'latin1'), 'is not valid UTF-8 (line 1): save it as UTF-8'],
    [
      'Windows-1252',
      Buffer.from('Bees\r\nfly\r\n\x93high\x94\n', 'latin1'),
      'is not valid UTF-8 (line 3): save it as UTF-8',
    ],
    ['half a character', Buffer.from('é').subarray(0, 1), 'is not valid UTF-8 (line 1): save it as UTF-8'],
    ['UTF-16 cut short', Buffer.from([0xff, 0xfe, 0x41]), 'is not valid UTF-16LE: save it as UTF-8'],
    ['binary', Buffer.from([0x50, 0x4b, 0, 4]), NUL_BYTES],
    ['UTF-16 without a byte order mark', Buffer.from('Bees', 'utf16le'), NUL_BYTES],
  ])('says why it cannot read %s', (_, bytes, reason) => {
    expect(decodeText(bytes)).toEqual({ reason });
  });
});

/** A reader gives a file's text, or says why it has none. */
export type ReadResult = { text: string } | { reason: string };

const BYTE_ORDER_MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/** Decodes UTF-8 with or without byte order mark, and UTF-16 with one; line ends become `\n`, all else stays as it is. */
export function decodeText(bytes: Uint8Array): ReadResult {
  const encoding =
    BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))?.encoding ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0')) return { reason: 'holds NUL bytes, so it is not a text file' };
    return { text: text.replace(/\r\n?/g, '\n') };
  } catch {
    return { reason: `is not valid ${encoding.toUpperCase()}: save it as UTF-8` };
  }
}

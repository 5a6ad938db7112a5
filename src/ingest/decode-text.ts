/** A reader gives a file's text, or says why it has none. */
export type ReadResult = { text: string } | { reason: string };

const BYTE_ORDER_MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/**
 * Decodes UTF-8 with or without byte order mark, and UTF-16 with one; line ends become `\n`, all else stays as it is.
 * May change the bytes that it is given.
 */
export function decodeText(bytes: Uint8Array): ReadResult {
  const encoding =
    BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))?.encoding ?? 'utf-8';
  return encoding === 'utf-8' ? decodeUtf8(joinLineEnds(bytes)) : decodeUtf16(bytes, encoding);
}

function decodeUtf8(bytes: Uint8Array): ReadResult {
  const text = decode(bytes, 'utf-8');
  if (text !== undefined) return withoutNul(text);
  return { reason: `is not valid UTF-8 (line ${firstBadLine(bytes)}): save it as UTF-8` };
}

function decodeUtf16(bytes: Uint8Array, encoding: string): ReadResult {
  const text = decode(bytes, encoding);
  if (text !== undefined) return withoutNul(text.replace(/\r\n?/g, '\n'));
  return { reason: `is not valid ${encoding.toUpperCase()}: save it as UTF-8` };
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function withoutNul(text: string): ReadResult {
  if (!text.includes('\0')) return { text };
  return { reason: 'holds NUL bytes: if it is UTF-16 without a byte order mark, save it as UTF-8; else it is no text' };
}

/** In place, because another copy of a text of 100 MB would take more memory than all other work on it. */
function joinLineEnds(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(CARRIAGE_RETURN);
  if (first === -1) return bytes;
  let end = first;
  for (let at = first; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== CARRIAGE_RETURN) bytes[end++] = byte;
    else if (bytes[at + 1] !== LINE_FEED) bytes[end++] = LINE_FEED;
  }
  return bytes.subarray(0, end);
}

/** From 1. No character of UTF-8 goes on over a line end. */
function firstBadLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1 || decode(bytes.subarray(start, end), 'utf-8') === undefined) return line;
    start = end + 1;
  }
}

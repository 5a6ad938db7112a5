import { hashOf } from './canonical.js';

/**
 * JSON that knows whether it is whole. A disk that fails, a cut-off copy or a slip in an editor often leaves text that
 * still reads as JSON: without a checksum it would become a wrong row.
 */

/** 128 of SHA-256's bits: against accidents, not forgers, and short enough to stand in every line of a journal. */
const CHECKSUM_DIGITS = 32;

/** A value as one line of JSON, its checksum (over the canonical JSON of all else) as the last field; without a newline. */
export function sealLine(value: object): string {
  return JSON.stringify(withChecksum(value));
}

/** Likewise as people read it in a file: indented, ending in a newline. */
export function sealFile(value: object): string {
  return `${JSON.stringify(withChecksum(value), undefined, 2)}\n`;
}

/** What was sealed, an object; `undefined` where the text is cut off, altered, or was never sealed. */
export function openSealed(text: string): unknown {
  const parsed = parseObject(text);
  if (parsed === undefined) return undefined;
  const { checksum, ...value } = parsed;
  return checksum === checksumOf(value) ? value : undefined;
}

function withChecksum(value: object): object {
  return { ...value, checksum: checksumOf(value) };
}

function checksumOf(value: object): string {
  return hashOf(value).slice(0, CHECKSUM_DIGITS);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

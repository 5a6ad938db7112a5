import { sha256 } from './canonical.js';

/**
 * JSON that knows whether it is whole. A disk that fails, a cut-off copy or a slip in an editor often leaves text that
 * still reads as JSON: without a checksum it would become a wrong row.
 */

/** 128 of SHA-256's bits: against accidents, not forgers, and short enough to stand in every line of a journal. */
const CHECKSUM_DIGITS = 32;
/** How a sealed text ends, from its last field on. */
const SEAL = /^"checksum": ?"([0-9a-f]{32})"\n?}\n?$/;
const INDENT = 2;

/** A value as one line of JSON, its checksum (over all else, as compact JSON) as the last field; without a newline. */
export function sealLine(value: object): string {
  const text = JSON.stringify(value);
  return `${withoutEnd(text)}${separator(text)}"checksum":"${checksumOf(text)}"}`;
}

/** Likewise as people read it in a file: indented, ending in a newline; the checksum is over all else as it stands there. */
export function sealFile(value: object): string {
  const text = JSON.stringify(value, undefined, INDENT);
  return `${withoutEnd(text)}${separator(text)}\n  "checksum": "${checksumOf(text)}"\n}\n`;
}

/** What was sealed, an object; `undefined` where the text is cut off, altered, or was never sealed. */
export function openSealed(text: string): unknown {
  const isWhole = isAsSealed(text);
  const parsed = parseObject(text);
  if (parsed === undefined) return undefined;
  const { checksum, ...value } = parsed;
  // Whoever laid it out anew changed nothing.
  return isWhole || layouts(value).some((layout) => checksum === checksumOf(layout)) ? value : undefined;
}

/** By the text alone: writing out a large value again would take as long as reading it. */
function isAsSealed(text: string): boolean {
  const at = text.lastIndexOf('"checksum"');
  const checksum = SEAL.exec(text.slice(Math.max(0, at)))?.[1];
  if (checksum === undefined) return false;
  const before = text.slice(0, at).trimEnd();
  const sealed = before.endsWith(',') ? before.slice(0, -1) : before;
  const end = text.endsWith('\n') && sealed !== '{' ? '\n}' : '}';
  return checksum === checksumOf(sealed + end);
}

function layouts(value: object): string[] {
  return [JSON.stringify(value), JSON.stringify(value, undefined, INDENT)];
}

function withoutEnd(json: string): string {
  return json.slice(0, json.endsWith('\n}') ? -2 : -1);
}

function separator(json: string): string {
  return json === '{}' ? '' : ',';
}

function checksumOf(text: string): string {
  return sha256(text).slice(0, CHECKSUM_DIGITS);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

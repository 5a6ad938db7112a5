import { countTokens } from 'gpt-tokenizer/encoding/cl100k_base';
import { chunkDocument, SHORTEST_LAST_CHUNK } from '../../src/ingest/chunk-document.js';
import type { Chunk } from '../../src/records.js';

const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

export function chunk(text: string, size = 400): Chunk[] {
  return [...chunkDocument({ id: 'doc-123456', text }, size)];
}

export function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What must hold for any text; a list of what does not. Tokens are counted by the tokenizer itself. */
export function faultsOf(text: string, size: number): string[] {
  const chunks = chunk(text, size);
  const faults = chunks.flatMap((each, at) => faultsOfChunk(each, text, at === chunks.length - 1, size));
  const check = (holds: boolean, fault: string) => void (holds || faults.push(fault));
  check(withoutBlanks(chunks.map((each) => each.text).join('')) === withoutBlanks(text), 'the whole differs');
  check(JSON.stringify(chunks) === JSON.stringify(chunk(text, size)), 'the second time differs');
  let end = 0;
  for (const [at, { id, ordinal, span }] of chunks.entries()) {
    check(text.slice(end, span.start).trim() === '', `words are left out before ${id}`);
    check(span.start >= end && span.end > span.start, `${id} does not follow the one before it`);
    check(ordinal === at + 1, `${id} has a wrong ordinal`);
    end = span.end;
  }
  check(text.slice(end).trim() === '', 'words are left out at the end');
  return faults;
}

/** Only the last chunk may hold more than `size` tokens, when a short one has joined it. */
function faultsOfChunk({ id, ordinal, span, text: own }: Chunk, text: string, isLast: boolean, size: number): string[] {
  const tokens = countTokens(own, PLAIN_TEXT);
  const faults = {
    'is empty': own.trim() === '',
    'is not what its span holds': withoutBlanks(own) !== withoutBlanks(text.slice(span.start, span.end)),
    'begins or ends inside a character': splitsPair(text, span.start) || splitsPair(text, span.end),
    'is misnamed': !id.startsWith(`doc-123456-${String(ordinal).padStart(5, '0')}-`),
    [`has ${tokens} tokens`]: tokens > size + (isLast ? SHORTEST_LAST_CHUNK - 1 : 0),
  };
  return Object.entries(faults).flatMap(([fault, holds]) => (holds ? [`${id} ${fault}`] : []));
}

function splitsPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

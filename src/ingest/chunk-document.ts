import { createHash } from 'node:crypto';
import type { Chunk } from '../records.js';
import { pieces, type Piece } from './pieces.js';
import { countTokens } from './tokens.js';

/** A chunk of fewer tokens holds too little for several questions; only the last one of a document could come out so short. */
export const SHORTEST_LAST_CHUNK = 80;

/** A chunk that opens in the middle of a paragraph reads badly, but a paragraph of more than this share is worth cutting. */
const LARGEST_CARRIED_SHARE = 0.2;

/** A colon at its end: a list or a quotation follows. */
const LEADS_IN = /[:：]$/;

const ORDINAL_DIGITS = 5;
const HASH_DIGITS = 8;

/**
 * Cuts a document into chunks of whole sentences, each up to `size` cl100k tokens, in order. The chunks hold all of the
 * text but white space, and none is empty. Only a few chunks are in memory at a time.
 * Tokens are counted by sentence and added up, which comes out a few tokens above the count of the whole, never below.
 * A last chunk under `SHORTEST_LAST_CHUNK` tokens joins the one before it, which may then be that much over `size`.
 */
export function* chunkDocument(document: { id: string; text: string }, size: number): Generator<Chunk> {
  let ordinal = 0;
  for (const pack of joinShortLast(packs(document.text, size))) yield toChunk(document.id, ++ordinal, pack);
}

function* packs(text: string, size: number): Generator<Piece[]> {
  let pack: Piece[] = [];
  let tokens = 0;
  for (const piece of pieces(text, size)) {
    if (pack.length > 0 && tokens + piece.tokens > size) {
      const carried = carriedOver(pack, piece, size);
      yield pack.slice(0, pack.length - carried.length);
      pack = carried;
      tokens = tokensOf(carried);
    }
    tokens += pack.length === 0 ? piece.tokensAtStart : piece.tokens;
    pack.push(piece);
  }
  if (pack.length > 0) yield pack;
}

/**
 * What a full pack leaves to the next one, which begins with `next`: the paragraph it has only begun or the line that leads
 * in what follows, if that is short, and the headings it would end with. Nothing, where the pack would be left empty.
 */
function carriedOver(pack: Piece[], next: Piece, size: number): Piece[] {
  const last = pack.at(-1);
  const line = last !== undefined && LEADS_IN.test(last.words) ? last.line : next.line;
  const begun = pack.filter((piece) => piece.line === line);
  const paragraph = tokensOf(begun) <= size * LARGEST_CARRIED_SHARE ? begun : [];
  const rest = pack.slice(0, pack.length - paragraph.length);
  const carried = pack.slice(rest.findLastIndex((piece) => piece.line.kind !== 'heading') + 1);
  return carried.length < pack.length && tokensOf(carried) + next.tokens <= size ? carried : [];
}

function* joinShortLast(all: Iterable<Piece[]>): Generator<Piece[]> {
  let [beforeLast, last]: Piece[][] = [];
  for (const pack of all) {
    if (beforeLast !== undefined) yield beforeLast;
    beforeLast = last;
    last = pack;
  }
  if (beforeLast !== undefined && last !== undefined && countTokens(textOf(last)) < SHORTEST_LAST_CHUNK) {
    yield [...beforeLast, ...last];
    return;
  }
  if (beforeLast !== undefined) yield beforeLast;
  if (last !== undefined) yield last;
}

function tokensOf(pack: readonly Piece[]): number {
  return pack.reduce((sum, piece, at) => sum + (at === 0 ? piece.tokensAtStart : piece.tokens), 0);
}

function textOf(pack: readonly Piece[]): string {
  return pack.map(({ gap, words }, at) => (at === 0 ? words : gap + words)).join('');
}

function toChunk(document: string, ordinal: number, pack: Piece[]): Chunk {
  const text = textOf(pack);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
  const span = { start: pack[0]?.start ?? 0, end: pack.at(-1)?.end ?? 0 };
  const heading = (pack.find(({ line }) => line.kind !== 'heading') ?? pack[0])?.heading;
  return {
    id: `${document}-${String(ordinal).padStart(ORDINAL_DIGITS, '0')}-${hash}`,
    document,
    ordinal,
    span,
    ...(heading !== undefined && { heading }),
    text,
  };
}

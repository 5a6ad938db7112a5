/** How many chunks are worked on at once, and how they are spread over batches. Pure; workflows use it, too. */

/** Chunks that are worked on at once for each slot: enough that no slot waits, few enough for a short tail. */
const OPEN_CHUNKS_PER_SLOT = 3;
const FEWEST_OPEN_CHUNKS = 12;
/** More would make a restart slow: every open chunk is replayed. */
const MOST_OPEN_CHUNKS = 500;
/** The start of a child waits for its parent's lock, so a batch keeps few open: p95 0.7 s with 20, 7.5 s with 100. */
const WINDOW_OF_A_BATCH = 40;
/**
 * Chunks that are about to start, over the whole run, or a few more. The more, the longer each waits for its parent's
 * lock; who waits too long times out and is tried again: with 500 at once the server reported 2,400 errors for 1,000
 * chunks, and 11 ended a second; with 26 at once 2 errors for 600, and 15 a second.
 */
const STARTS_AT_ONCE = 24;
const FEWEST_STARTS_OF_A_BATCH = 2;
/** Keeps a batch's history at about 2,300 events, and the root's at 3,600 with 100,000 chunks. */
const LARGEST_BATCH = 250;

/** How many chunks are open over the whole run. */
export function openChunksFor(concurrencyLimit: number): number {
  return Math.min(MOST_OPEN_CHUNKS, Math.max(FEWEST_OPEN_CHUNKS, concurrencyLimit * OPEN_CHUNKS_PER_SLOT));
}

export interface BatchWindows {
  /** Batches that are open at a time. */
  batches: number;
  /** Chunks that are open at a time in each. */
  chunks: number;
  /** Of these, chunks that are about to start. */
  starts: number;
}

export function batchWindows(openChunks: number): BatchWindows {
  const batches = Math.ceil(openChunks / WINDOW_OF_A_BATCH);
  const starts = Math.max(FEWEST_STARTS_OF_A_BATCH, Math.floor(STARTS_AT_ONCE / batches));
  return { batches, chunks: Math.ceil(openChunks / batches), starts };
}

/** Small runs are spread over all open batches. */
export function batchSizeFor(chunks: number, openChunks: number): number {
  const even = Math.ceil(chunks / batchWindows(openChunks).batches);
  return Math.min(LARGEST_BATCH, Math.max(1, even));
}

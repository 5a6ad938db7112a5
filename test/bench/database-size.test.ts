import { bytesByLog } from '../../bench/harness/database-size.js';

const PAGE = 512;

/** A write-ahead log: each frame with its salt, and the pages of the database where it ends a transaction. */
function logOf(salt: number, frames: readonly [salt: number, pages: number][]): Buffer {
  const header = Buffer.alloc(32);
  header.writeUInt32BE(PAGE, 8);
  header.writeUInt32BE(salt, 16);
  return Buffer.concat([header, ...frames.map(([own, pages]) => frameOf(own, pages))]);
}

function frameOf(salt: number, pages: number): Buffer {
  const frame = Buffer.alloc(24 + PAGE);
  frame.writeUInt32BE(pages, 4);
  frame.writeUInt32BE(salt, 8);
  return frame;
}

describe('bytesByLog', () => {
  it.each<[string, Buffer, number | undefined]>([
    ['no log', Buffer.alloc(0), undefined],
    ['an empty log', logOf(7, []), undefined],
    [
      'one transaction',
      logOf(7, [
        [7, 0],
        [7, 12],
      ]),
      12 * PAGE,
    ],
    [
      'two, and one that was not finished',
      logOf(7, [
        [7, 12],
        [7, 14],
        [7, 0],
      ]),
      14 * PAGE,
    ],
    [
      'frames left over from before',
      logOf(7, [
        [7, 14],
        [6, 99],
      ]),
      14 * PAGE,
    ],
    ['nothing but frames from before', logOf(7, [[6, 99]]), undefined],
    [
      'a frame cut off',
      logOf(7, [
        [7, 14],
        [7, 20],
      ]).subarray(0, -1),
      14 * PAGE,
    ],
  ])('%s', (_what, log, bytes) => {
    expect(bytesByLog(log)).toBe(bytes);
  });
});

import type { ServerFiles } from './server-process.js';

/** Below it no SQLite database can be made. */
const LEAST_FREE_BYTES = 2_000_000;
/** Of what the server said, where its words are not known: the reason stands at the end. */
const SHOWN_LINES = 3;
const SHOWN_CHARACTERS = 400;

const JOURNAL_IS_SAFE =
  'No paid answer is lost: `npx augmentoolkit run` goes on from the journal in the output folder of a run';

/**
 * Why the local server ended as soon as it was started, and what to do.
 *
 * @param words what it wrote since; empty where its log could not take them either
 * @param freeBytes room on the disk that holds its files
 */
export function explainServerEnd(words: string, { database, log }: ServerFiles, freeBytes: number): string {
  if (/disk is full|no space left|SQLITE_FULL/i.test(words) || freeBytes < LEAST_FREE_BYTES) {
    return `The Temporal server cannot start: no room is left on the disk that holds ${database}. Make room, and try again`;
  }
  if (/database is locked|SQLITE_BUSY/i.test(words)) {
    return (
      `The Temporal server cannot start: another program holds its database ${database}. ` +
      'End that program (a second Temporal server, a database browser, a backup), and try again'
    );
  }
  if (/not a database|malformed|SQLITE_CORRUPT|SQLITE_NOTADB|no such table|no such column/i.test(words)) {
    return (
      `The Temporal server cannot start: its database ${database} is damaged. Delete it, with the files beside it ` +
      `whose names begin with its name, and try again. ${JOURNAL_IS_SAFE}`
    );
  }
  if (/readonly database|permission denied|unable to open database/i.test(words)) {
    return `The Temporal server cannot start: its database ${database} cannot be written. Get the right to write there`;
  }
  return `The Temporal server ended at once. It said:\n${lastLines(words)}\nMore is in ${log}`;
}

function lastLines(words: string): string {
  const lines = words.trim().split('\n').slice(-SHOWN_LINES);
  return lines
    .map((line) => (line.length > SHOWN_CHARACTERS ? `...${line.slice(-SHOWN_CHARACTERS)}` : line))
    .join('\n');
}

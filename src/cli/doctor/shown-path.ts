import { isAbsolute, relative, sep } from 'node:path';

/** A file or folder as people name it from here: `./texts`; the whole path where it lies elsewhere. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  if (short === '') return '.';
  return short.startsWith('..') || isAbsolute(short) ? path : `.${sep}${short}`;
}

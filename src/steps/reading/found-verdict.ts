import type { PhraseReader } from './phrase.js';
import { plainLine } from './plain-line.js';

/** A verdict as it was found in a reply. */
export interface FoundVerdict<Word extends string> {
  verdict: Word;
  /** The reply without its verdict lines, or the other strings of a JSON reply. */
  notes: string;
  /** Where a pair may be found: the reply before and after its verdict, or all of it. */
  parts: string[];
}

/** `unclear`: there is one, but it can be taken in two ways. */
export type Found<Word extends string> = FoundVerdict<Word> | 'unclear' | undefined;

/** The verdict of a reply with these lines, whose verdict lines are no notes. `end`: how many lines stand before it. */
export function withNotes<Word extends string>(
  verdict: Word,
  lines: readonly string[],
  read: PhraseReader<Word>,
  end = lines.length,
): FoundVerdict<Word> {
  const notes = (some: readonly string[]) =>
    some
      .filter((line) => wordAlone(line, read) === undefined)
      .join('\n')
      .trim();
  return { verdict, notes: notes(lines), parts: [notes(lines.slice(0, end)), notes(lines.slice(end))] };
}

const FEW_WORDS = /^[^\p{L}\p{N}]*(?:[\p{L}\p{N}'-]+[^\p{L}\p{N}'-]+){0,2}[\p{L}\p{N}'-]+[^\p{L}\p{N}]*$/u;

/** The verdict of a line that holds nothing else: `**Not suitable.**` */
export function wordAlone<Word extends string>(line: string, read: PhraseReader<Word>): Word | 'unclear' | undefined {
  const plain = plainLine(line);
  return FEW_WORDS.test(plain) && !/[:,?]/.test(plain) ? read(plain) : undefined;
}

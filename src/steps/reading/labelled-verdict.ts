import { withNotes, type Found } from './found-verdict.js';
import type { PhraseReader } from './phrase.js';
import { isTakenBack, isWeakened } from './taken-back.js';
import { labelledLines, type LabelledLine } from './verdict-label.js';

/** A verdict line with more words than this holds a reason, too. */
const BARE_VERDICT_WORDS = 6;

interface ReadLabel<Word extends string> extends LabelledLine {
  verdict: Word | 'unclear' | undefined;
}

/** The verdict on the last of the labelled lines, such as `Verdict: ACCURATE`. */
export function labelledVerdict<Word extends string>(text: string, read: PhraseReader<Word>): Found<Word> {
  const lines = text.split('\n');
  const labels = labelledLines(lines).map((label) => ({ ...label, verdict: readSection(label, read) }));
  const last = labels.findLast(({ verdict, binding }) => verdict !== undefined || binding);
  if (last === undefined) return undefined;
  if (last.verdict === undefined || last.verdict === 'unclear' || listsChoices(labels)) return 'unclear';
  // A verdict at the end of a note may be on that one claim only.
  const { verdict } = last;
  const contradicted = labels.some((label) => isOther(label.verdict, verdict));
  if (last.before !== '' && contradicted) return 'unclear';
  if (isWeakened(last.phrase, verdict, read)) return 'unclear';
  if (lines.slice(last.index + 1).some((line) => isTakenBack(line, verdict, read))) return 'unclear';
  const byLine = new Map(labels.map((label) => [label.index, label]));
  const rest = lines.map((line, index) => restOfLine(line, byLine.get(index)));
  return withNotes(verdict, rest, read, last.index + 1);
}

/** The verdict stands behind its label, or below if there is nothing behind it. */
function readSection<Word extends string>(
  { phrase, below, binding }: LabelledLine,
  read: PhraseReader<Word>,
): Word | 'unclear' | undefined {
  const behind = read(phrase);
  if (behind !== undefined || (binding && /\p{L}/u.test(phrase))) return behind;
  return read(below.find((line) => line !== '') ?? '') ?? read(below.join(' '));
}

function isOther<Word extends string>(found: Word | 'unclear' | undefined, verdict: Word | 'unclear'): boolean {
  return found !== undefined && found !== verdict;
}

/** Two verdicts with nothing between them, as where the instructions are repeated. */
function listsChoices<Word extends string>(labels: readonly ReadLabel<Word>[]): boolean {
  return labels.some((label, index) => {
    const next = labels[index + 1];
    if (next?.verdict === undefined || !label.binding || !next.binding) return false;
    return isOther(label.verdict, next.verdict) && next.before === '' && label.below.every((line) => line === '');
  });
}

function restOfLine(line: string, label: LabelledLine | undefined): string {
  if (label === undefined) return line;
  return label.phrase.split(/\s+/).length > BARE_VERDICT_WORDS ? line : label.before;
}

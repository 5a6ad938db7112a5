/** A line that only separates or numbers pairs: `---`, `### 2.`, `**Pair 3:**`. */
const SEPARATOR =
  /^[\s>#*_]*(?:(?:-{3,}|={3,}|_{3,})|(?:(?:pair|item|nr\.?|no\.?)\s*)?#?\d{1,2}[.):]*)[\s*_:]*$|^[\s>#*_]+$/i;
/** Polite words behind the last pair are not part of its answer. */
const CLOSING_WORDS =
  /^\W*(?:let me know|i hope (?:this|these)|feel free|would you like|(?:these|the above|all) (?:\w+ )?(?:questions|pairs))\b/i;

export function tidyQuestion(lines: readonly string[]): string {
  return withoutMarks(withoutSeparators(lines));
}

export function tidyAnswer(lines: readonly string[]): string {
  const paragraphs = withoutSeparators(lines).split(/\n\s*\n/);
  const closing = paragraphs.length > 1 && CLOSING_WORDS.test(paragraphs.at(-1) ?? '');
  const kept = closing ? paragraphs.slice(0, -1) : paragraphs;
  return withoutMarks(withoutSeparators(kept.join('\n\n').split('\n')));
}

function withoutSeparators(lines: readonly string[]): string {
  const last = lines.findLastIndex((line) => line.trim() !== '' && !SEPARATOR.test(line));
  return lines
    .slice(0, last + 1)
    .join('\n')
    .trim();
}

const MARKS = [
  /^"""([\s\S]*)"""$/,
  /^\*\*((?:(?!\*\*)[\s\S])*)\*\*$/,
  /^"([^"]*)"$/,
  /^\u201C([^\u201C\u201D]*)\u201D$/,
];

/** Without the quotation or bold marks that stand around the whole of it. */
function withoutMarks(text: string): string {
  return MARKS.reduce((rest, mark) => rest.replace(mark, '$1').trim(), text);
}

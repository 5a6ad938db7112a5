/** A line that only separates or numbers pairs: `---`, `### 2.`, `**Pair 3:**`, `Option 2:`. */
const SEPARATOR =
  /^[\s>#*_]*(?:(?:-{3,}|={3,}|_{3,})|(?:(?:pair|item|option|alternative|version|example|set|nr\.?|no\.?)\s*)?#?\d{1,2}[.):]*)[\s*_:]*$|^[\s>#*_]+$/i;
/** A heading of a few words announces what comes next: `## After`, `**New pair:**`. */
const HEADING = /^\s*(?:#{1,6}\s.*|\*\*[^*.!?]{1,40}\*\*\s*:?\s*)$/;

/** Polite words behind the last pair are not part of its answer, nor is what the model says of its work. */
const POLITE =
  /^\W*(?:let me know|i hope|feel free|would you like|if you (?:need|want|would like|have)|please let|(?:these|the above|all) (?:\w+ )?(?:questions|pairs))\b/i;
const ON_THE_WORK =
  /^\W*(?:(?:please )?notes?(?=\W*:| that)|(?:explanation|reason|rationale|changes?|remark|comment)(?=\W*:)|this (?:new )?(?:pair|question|answer|version|rewording)|the (?:new|revised|rewritten|reworded|improved|corrected) (?:pair|question|answer|version)|the rest of the|i(?:'ve| have)? (?:chose|chosen|wrote|written|kept|made|changed|replaced|removed|focus(?:s?ed)?))\b/i;
const WORK =
  /\b(?:texts?|pairs?|questions?|answers?|passage|source|rewording|requested|instructions?|word for word|verbatim)\b/i;
/** Where the answer was found, on a line of its own or in brackets behind it. */
const SOURCE_LINE = /^\W*(?:source|quote|reference|evidence|supporting (?:text|quote|evidence))\W*:/i;
const SOURCE_BEHIND = /\s*[[(](?:source|quote|reference|evidence)\s*:[^\])]*[\])]$/i;
const CLOSING_HEADING = /^#{1,6}\s*(?:summary|notes?|explanation|sources?|evidence|rationale|remarks?)\b/i;

export function tidyQuestion(lines: readonly string[]): string {
  return withoutMarks(withoutSeparators(lines)).replace(/^\(?\d{1,2}[.)]+\s+/, '');
}

export function tidyAnswer(lines: readonly string[]): string {
  return withoutMarks(withoutClosingWords(withoutSeparators(lines)).replace(SOURCE_BEHIND, ''));
}

/** Without the last paragraphs, if they are polite words or speak of the work done. */
export function withoutClosingWords(text: string): string {
  const paragraphs = text.split(/\n\s*\n/);
  const last = paragraphs.findLastIndex((paragraph, index) => index === 0 || !isClosing(paragraph));
  if (last === paragraphs.length - 1) return text;
  return withoutSeparators(
    paragraphs
      .slice(0, last + 1)
      .join('\n\n')
      .split('\n'),
  );
}

function isClosing(paragraph: string): boolean {
  if (SEPARATOR.test(paragraph) || POLITE.test(paragraph)) return true;
  if (SOURCE_LINE.test(paragraph) || CLOSING_HEADING.test(paragraph)) return true;
  return ON_THE_WORK.test(paragraph) && WORK.test(paragraph);
}

/** Without the separators, sources and headings at the end; the first line stays, it may be all there is. */
function withoutSeparators(lines: readonly string[]): string {
  const last = lines.findLastIndex(
    (line, index) => line.trim() !== '' && (index === 0 ? !SEPARATOR.test(line) : !isBeside(line)),
  );
  return lines
    .slice(0, last + 1)
    .join('\n')
    .trim();
}

/** True if the line stands beside an answer and is not of it. */
function isBeside(line: string): boolean {
  return SEPARATOR.test(line) || HEADING.test(line) || SOURCE_LINE.test(line);
}

const MARKS = [
  /^"""([\s\S]*)"""$/,
  /^\*\*((?:(?!\*\*)[\s\S])*)\*\*$/,
  /^\*([^*]*)\*$/,
  /^"([^"]*)"$/,
  /^\u201C([^\u201C\u201D]*)\u201D$/,
  /^\u201E([^\u201C-\u201E]*)[\u201C\u201D]$/,
  /^\u00AB([^\u00AB\u00BB]*)\u00BB$/,
  /^\u300C([^\u300C\u300D]*)\u300D$/,
];

/** Without the quotation or bold marks that stand around the whole of it, or whose other half stood at the label. */
function withoutMarks(text: string): string {
  const halves = text.split('**').length - 1;
  const whole = halves % 2 === 1 ? text.replace(/^\*\*|\*\*$/, '') : text;
  return MARKS.reduce((rest, mark) => rest.replace(mark, '$1').trim(), whole.trim());
}

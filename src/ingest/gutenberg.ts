const START_LINE = /^[ \t]*\*{3}[ \t]*START OF (?:(?:THE|THIS) )?PROJECT GUTENBERG E(?:BOOK|TEXT)\b/im;
const END_LINE = /^[ \t]*\*{3}[ \t]*END OF (?:(?:THE|THIS) )?PROJECT GUTENBERG E(?:BOOK|TEXT)\b/im;

/** A long title goes on over a few more lines; the marker ends with its closing asterisks, or else with its first line. */
const REST_OF_MARKER = /^(?:[^*\n]*(?:\n[^*\n]+){0,3}\*{3}|[^\n]*)[^\n]*/;

/** Files from before 2001 have no start line; their text begins after the terms of use. */
const END_OF_TERMS = /^[ \t]*\*END ?\*? ?THE SMALL PRINT![^\n]*$/im;

/** Older files say in words of their own that the text is over: just before the end line, or instead of it. */
const LAST_WORDS = /\n[ \t]*(?:\*{3}[ \t]*)?End of (?:the |this )?Project Gutenberg[^\n]*(?:\n[^\n]+)*\s*$/i;

/**
 * Keeps what stands between the START and END lines of Project Gutenberg, or the marks that older files have in their
 * place. Where only one of them is there, the text is cut just there; a text without them comes back as it is. Lines must
 * end in `\n`.
 */
export function keepBetweenGutenbergLines(text: string): string {
  const body = afterStart(text);
  const end = END_LINE.exec(body);
  return (end === null ? body : body.slice(0, end.index)).replace(LAST_WORDS, '\n');
}

function afterStart(text: string): string {
  const start = START_LINE.exec(text);
  if (start !== null) {
    const rest = text.slice(start.index + start[0].length);
    return rest.slice(REST_OF_MARKER.exec(rest)?.[0].length ?? 0);
  }
  const terms = END_OF_TERMS.exec(text);
  return terms === null ? text : text.slice(terms.index + terms[0].length);
}

const START_LINE = /^[ \t]*\*{3}[ \t]*START OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)\b/im;
const END_LINE = /^[ \t]*\*{3}[ \t]*END OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)\b/im;

/** A long title goes on over a few more lines; the marker ends with its closing asterisks, or else with its first line. */
const REST_OF_MARKER = /^(?:[^*\n]*(?:\n[^*\n]+){0,3}\*{3}|[^\n]*)[^\n]*/;

/** Older files repeat the end in words of their own, just before the marker. */
const LAST_WORDS = /\n[ \t]*End of (?:the |this )?Project Gutenberg[^\n]*(?:\n[^\n]+)*\s*$/i;

/**
 * Keeps what stands between the START and END lines of Project Gutenberg. Where only one of them is there, the text is cut
 * just there; a text without them comes back as it is. Lines must end in `\n`.
 */
export function keepBetweenGutenbergLines(text: string): string {
  const start = START_LINE.exec(text);
  const body = start === null ? text : afterMarker(text.slice(start.index + start[0].length));
  const end = END_LINE.exec(body);
  if (end !== null) return body.slice(0, end.index).replace(LAST_WORDS, '\n');
  return body;
}

function afterMarker(text: string): string {
  return text.slice(REST_OF_MARKER.exec(text)?.[0].length ?? 0);
}

/** A list item that begins with a message as code, `...` for what varies. */
export interface MessageEntry {
  message: string;
  /** All code in the item: what it says of the message may name parts that vary. */
  spans: string[];
}

export function messageEntries(page: string): MessageEntry[] {
  return [...page.matchAll(/^- (`[^]*?)(?=\n- |\n\n|\n#|$(?![^]))/gm)].map(([, item = '']) => {
    const spans = [...item.matchAll(/`([^`]+)`/g)].map(([, code = '']) => plain(code));
    return { message: spans[0] ?? '', spans };
  });
}

/** Whether a text of the page holds all that is fixed in a message, in its order. */
export function covers(shown: string, message: string): boolean {
  let from = 0;
  return fixedParts(message).every((part) => {
    const at = shown.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** Without what varies, and punctuation that is left alone by that. */
function fixedParts(message: string): string[] {
  const parts = plain(message).split(/\.{3,}/);
  return parts.map((part) => part.replace(/^[\s.:;,-]+|[\s.:;,]+$/g, '')).filter((part) => /\w/.test(part));
}

/** Code is marked by backticks in messages, which cannot stand in code. */
function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\s+/g, ' ').trim();
}

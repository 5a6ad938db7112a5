/** Parts of a page that are written by the program: between `<!-- shown: NAME -->` and `<!-- end of shown -->`. */

const PART = /<!-- shown: (?<name>[a-z-]+) -->\n(?<shown>[^]*?)<!-- end of shown -->/g;

export function partNames(page: string): string[] {
  return [...page.matchAll(PART)].map(({ groups }) => groups?.['name'] ?? '');
}

/** The page with its parts as they should be. One that differs in figures alone stays as it is. */
export function fillParts(page: string, parts: ReadonlyMap<string, string>): string {
  return page.replace(PART, (whole, name: string, shown: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`nothing is shown under the name ${name}`);
    const isSame = !part.includes('```json') && withoutFigures(shown) === withoutFigures(part);
    return isSame ? whole : `<!-- shown: ${name} -->\n\n${part}\n\n<!-- end of shown -->`;
  });
}

/** Figures of a run vary with the time that it takes, and columns move with them; where nothing was cached, that is not said. */
export function withoutFigures(text: string): string {
  return text
    .replace(/\d[\d,.]*(?: (?:ms|s|min|h|kB|MB|GB|TB)\b)?/g, '#')
    .replace(/\s+/g, ' ')
    .replace(/#(?: #)+/g, '#')
    .replace(/ \(# (?:cached|from the provider's cache)\)/g, '')
    .trim();
}

const PAIR_TAG = /<(question|answer)>(?=\S)([\s\S]*?)<\/\1>/gi;
/** A tag alone on its line, such as `</pair>`. */
const LONE_TAG = /^[ \t]*<\/?[a-z][\w-]*(?:\s[^<>\n]*)?>[ \t]*(?:\n|$)/gim;

/** `<question>...</question>` becomes a labelled line. The prompts' own tags stand alone on their lines: they stay. */
export function withoutPairTags(text: string): string {
  const labelled = text.replace(PAIR_TAG, (_all, tag: string, content: string) => `\n${tag}: ${content.trim()}\n`);
  return labelled === text ? text : labelled.replace(LONE_TAG, '').trim();
}

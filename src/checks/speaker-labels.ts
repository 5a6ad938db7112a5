/** Who begins to speak at a line, and the words behind the label; `unclear` where the label fits both speakers. */
export type LabelReading = { speaker: string; text: string } | 'unclear' | undefined;

/** Bold, italics and quote marks that models put around a speaker's name. */
const MARK = String.raw`\*{1,3}|_{1,2}|["'\u0060]`;
/** How the words are said, between the name and the colon: `Mara (laughing):`, `Mara *laughing*:`. */
const MANNER = String.raw`(?:\([^()\n]{1,80}\)|（[^（）\n]{1,80}）|\[[^[\]\n]{1,80}\]|\*[^*\n]{1,80}\*)`;
/** `Mara:`, `**Mara:**`, `**Mara** (laughing):`, `Mara :`, `> "Mara":`, `### Mara:`. */
const LABEL = new RegExp(
  String.raw`^[\s>#\u200e\u200f]{0,12}(?<mark>${MARK})?(?<name>\p{L}(?:\(|[^\n:：*_\u0060[（]){0,60}?)` +
    String.raw`\s{0,2}(?:${MANNER}\s{0,2})?(?:[:：]\k<mark>|\k<mark>\s{0,2}(?:${MANNER})?\s{0,2}[:：])`,
  'u',
);

const BRACKETED = /\([^()]*\)|（[^（）]*）/gu;
/** `Mara "Red" Lindholm`: the nickname may come and go. */
const NICKNAME = /(?<=^|\s)["“”„«»'‘’「『][^"“”«»「」『』]+?["“”»«'‘’」』](?=\s|$)/gu;

/** Titles, articles and particles name nobody by themselves. */
const SILENT_WORDS = new Set(
  (
    'mr mrs ms miss mx dr doctor prof professor sir dame lady lord captain capt sergeant sgt colonel col major general ' +
    'lieutenant lt father sister brother rev reverend rabbi imam judge chief master madam madame mme mlle monsieur ' +
    'frau herr señor señora señorita sr sra srta signor signora senhor senhora jr ' +
    'the a an of de da do dos di du del della la le el van von der den ter zu al bin ibn ben y e'
  ).split(' '),
);

/** Speakers of assistant mode have no short forms: `AI:` and `Assistant:` may stand in what they speak of. */
const ROLES: ReadonlySet<string> = new Set(['ai assistant', 'user']);

/** Reads how a line begins: with a speaker's name, or with a part of it that fits no other speaker. */
export function readLabel(line: string, speakers: readonly string[]): LabelReading {
  const label = labelOf(line);
  if (label === undefined) return undefined;
  const exact = speakers.find((speaker) => folded(speaker) === folded(label.name));
  if (exact !== undefined) return { speaker: exact, text: label.text };
  const [speaker, rival] = speakers.filter((each) => isShortFor(label.name, each));
  if (rival !== undefined) return 'unclear';
  return speaker === undefined ? undefined : { speaker, text: label.text };
}

/** What stands before and behind the first colon, if it may be the label of a turn. */
export function labelOf(line: string): { name: string; text: string } | undefined {
  const found = LABEL.exec(line);
  return found?.groups?.['name'] === undefined
    ? undefined
    : { name: found.groups['name'].trim(), text: line.slice(found[0].length) };
}

/** Whether two names can be of one person: the words of one stand in the other, titles apart. */
export function mayBeSamePerson(left: string, right: string): boolean {
  if (folded(left) === folded(right)) return true;
  const [some, others] = [nameWords(left), nameWords(right)];
  return some.length > 0 && others.length > 0 && (isWithin(some, others) || isWithin(others, some));
}

/** A short form begins with a capital where the script has them: `rose: a flower` is not said by Rose. */
function isShortFor(label: string, speaker: string): boolean {
  const words = nameWords(label);
  const all = nameWords(speaker);
  if (words.length === 0 || label.includes(',') || /^\p{Ll}/u.test(label)) return false;
  return ROLES.has(folded(speaker)) ? words.length === all.length && isWithin(words, all) : isWithin(words, all);
}

/** True if all of `words` stand in `all`, in this order. */
function isWithin(words: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const word of all) if (word === words[at]) at += 1;
  return at === words.length;
}

/** The words that tell who it is, in lower case. */
function nameWords(name: string): string[] {
  return folded(name)
    .replace(BRACKETED, ' ')
    .replace(NICKNAME, ' ')
    .split(/[\s·・]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, ''))
    .filter((word) => word !== '' && !SILENT_WORDS.has(word));
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
}

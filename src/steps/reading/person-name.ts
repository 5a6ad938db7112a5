/** More words are a description. */
const MOST_WORDS = 6;
const MOST_CHARACTERS = 60;
/** Han letters in a row: the longest names that are carried over from other scripts have seven. */
const MOST_HAN_LETTERS = 8;

/** Words of a name that may begin with a small letter. */
const PARTICLES = new Set(
  'the of a al el bin ibn ben abu de da do dos das di du del della des la le les van von vom zu zum zur der den ter ten y e i af av bint'.split(
    ' ',
  ),
);

/** What stands where a name should be. */
const PLACEHOLDER =
  /^(?:(?:the|your|his|her|their|insert|main|primary|first|second|secondary|other|full|last) ?)*(?:name|character|person|figure|protagonist|speaker|user|surname|first|last|name here|character name)(?: ?(?:\d|[a-z]|name|here))?$|^(?:unknown|unnamed|untitled|not specified|not given|anonymous|none|no ?body|no ?one|someone|somebody|n\.?a|tbd|xxx+|ai|assistant|ai assistant|(?:ein )?unbekannte?r?|namenlos|keine[rs]?|niemand|figur|charakter|desconocid[oa]|nombre|personaje|inconnue?|nom|personnage|sconosciut[oa]|nome|personaggio|personagem|неизвестно|имя|персонаж|无|未知|姓名|名字|角色|人物|名前|不明|이름|لا يوجد|الاسم|مجهول)$/iu;

const MARKUP = /[*`_]+|<\/?[a-z]+>/giu;
const NOTE = /(?<=\S)\s*(?:\([^()]*\)|（[^（）]*）|\[[^[\]]*\]|【[^【】]*】)/gu;
const QUOTE = '["“”„«»‚‘’「」『』\']';
const QUOTED_AS_A_WHOLE = new RegExp(`^${QUOTE}+(.+?)${QUOTE}+$`, 'u');
const STOP_BEHIND_QUOTE = new RegExp(`(?<=${QUOTE})[.。]+$`, 'u');
const NICKNAME = new RegExp(`(?<=^|\\s)${QUOTE}[^"“”„«»「」『』]+?${QUOTE}(?=\\s|$)`, 'gu');
/** A description that follows the name: what stands before it is the name. */
const DESCRIPTION =
  /\s*(?:[,،，、;；|]|\s[–—-]\s|\s(?:aka|a\.k\.a\.|alias|also known|known as|called|is|was|who)\s|(?<=\p{L}{5})\.\s|\.\s(?:he|she|they|an?|the)\s).*$/iu;
const WORD = /^['’]?[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.·・\-\u2010\u200c]*$/u;

/**
 * The name in what stands behind a label: without markup, quotes, nickname and description. Undefined if it is no
 * person's name: a placeholder, a role (`a young apprentice`), several people, more than six words.
 */
export function readName(raw: string): string | undefined {
  const bare = raw.normalize('NFC').replace(MARKUP, ' ').replace(NOTE, ' ').trim().replace(STOP_BEHIND_QUOTE, '');
  const name = withoutStop(withoutQuotes(bare).replace(DESCRIPTION, ''));
  const words = name.split(/\s+/);
  if (name.length > MOST_CHARACTERS || words.length > MOST_WORDS || PLACEHOLDER.test(name)) return undefined;
  return words.every(isNameWord) && words.some(opensWithCapital) ? words.join(' ') : undefined;
}

function withoutQuotes(text: string): string {
  const unnamed = text.replace(NICKNAME, ' ').trim();
  return /\p{L}/u.test(unnamed) ? unnamed : (QUOTED_AS_A_WHOLE.exec(text)?.[1] ?? text).replace(NICKNAME, ' ').trim();
}

/** `Mara Lindholm.` loses its full stop, `Tom Reyes Jr.` and `Mara L.` keep theirs. */
function withoutStop(name: string): string {
  const bare = name.trim();
  return /(?:^|\s)(?:\p{Lu}|[JS]r)\.$/u.test(bare) ? bare : bare.replace(/\s*[.。!)\]]+$/u, '');
}

function isNameWord(word: string): boolean {
  const han = Math.max(0, ...[...word.matchAll(/\p{Script=Han}+/gu)].map(([run]) => run.length));
  return WORD.test(word) && han <= MOST_HAN_LETTERS && (opensWithCapital(word) || PARTICLES.has(word));
}

/** A capital, or a letter of a script that has none; `d'Arc` and `al-Hakim` hold theirs within. */
function opensWithCapital(word: string): boolean {
  return (
    /^[^\p{Ll}]*[\p{Lu}\p{Lt}\p{Lo}]/u.test(word) || /^\p{Ll}{1,3}['’-]\p{Lu}/u.test(word) || /^\p{N}+$/u.test(word)
  );
}

/** Even numbers in [0, 1) from a seed, so that a failing text can be had again. */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function pick<T>(next: Random, list: readonly T[]): T {
  return list[Math.floor(next() * list.length)] as T;
}

export function repeat(count: number, piece: (index: number) => string, separator = ''): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join(separator);
}

/** First and last letter of each script, and its marks at the end of a sentence. */
const SCRIPTS = {
  Latin: ['a', 'z', '. ', '? ', '! ', ', '],
  Cyrillic: ['а', 'я', '. ', '… ', '! '],
  Greek: ['α', 'ω', '. ', '; '],
  Chinese: ['一', '龥', '。', '！', '？”', '，'],
  Japanese: ['ぁ', 'ヿ', '。', '」', '「', '、'],
  Korean: ['가', '힣', '. ', '? '],
  Thai: ['ก', 'ฺ', ' ', 'ๆ '],
  Arabic: ['ء', 'ي', '. ', '؟ ', '، '],
  Hebrew: ['א', 'ת', '. ', '? '],
  Devanagari: ['अ', 'ॏ', '। ', '॥ ', '? '],
} as const;

const BLANKS = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  '\r\n',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\f',
  '\v',
  '\u3000',
  '\u200b',
  ' \n ',
];

/** What tends to be taken apart, taken for something else, or refused. */
const ODDITIES = [
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  '🇩',
  '👍🏽',
  '❤️',
  '🏴‍☠️',
  '\u200d',
  'é',
  'e\u0301',
  'ă\u0323\u0302',
  '\u0301',
  '\ud83d',
  '\udc1d',
  '\0',
  '\ufffd',
  '\ufeff',
  '<|endoftext|>',
  '<|im_start|>',
  '<|fim_prefix|>',
  '[INST]',
  '</s>',
  'Dr.',
  'e.g.',
  'No. 5',
  '3.14',
  '1.2.3',
  '...',
  '…',
  '?!',
  '."',
  '.)',
  '(a. B',
  '¿',
  '«',
  '“',
  '\n# Bees\n',
  '\n===\n',
  '\n---\n',
  '\n- ',
  '\n1. ',
  '\n> ',
  '\n```\n',
  '\n| a | b |\n',
  '\na,"b; c",3\n',
  '{question}',
  '$&',
  '\\n',
  '-\n',
  'https://example.org/a?b=c#d',
];

const SCRIPT_LIST = Object.values(SCRIPTS);

export function word(next: Random, [first, last]: readonly [string, string, ...string[]], longest: number): string {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
  return repeat(1 + Math.floor(next() * longest), () =>
    String.fromCharCode(from + Math.floor(next() * (to - from + 1))),
  );
}

/** Sentences of all scripts, now and then with odd characters and blanks of all kinds. */
export function mixedText(seed: number, words: number): string {
  const next = random(seed);
  let script = pick(next, SCRIPT_LIST);
  return repeat(words, () => {
    if (next() < 0.05) script = pick(next, SCRIPT_LIST);
    const [, , ...marks] = script;
    const shown = next() < 0.1 ? pick(next, ODDITIES) : word(next, script, 9);
    return shown + (next() < 0.12 ? pick(next, marks) : next() < 0.15 ? pick(next, BLANKS) : ' ');
  });
}

/** Only what is odd, with nothing between. */
export function oddText(seed: number, count: number): string {
  const next = random(seed);
  return repeat(count, () => (next() < 0.3 ? pick(next, BLANKS) : pick(next, ODDITIES)));
}

/** `separator` between words of Latin letters, `mark` after every twelfth. */
export function plainText(seed: number, words: number, separator = ' ', mark = '.'): string {
  const next = random(seed);
  const vocabulary = Array.from({ length: 2000 }, () => word(next, SCRIPTS.Latin, 8));
  return repeat(words, (index) => pick(next, vocabulary) + (index % 12 === 11 ? mark : ''), separator);
}

export function randomBytes(seed: number, length: number): Uint8Array {
  const next = random(seed);
  return Uint8Array.from({ length }, () => next() * 256);
}

export function randomUnits(seed: number, length: number): string {
  const next = random(seed);
  return repeat(length, () => String.fromCharCode(next() * 65_536));
}

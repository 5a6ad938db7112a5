/** Number words of the languages with the widest use; a digit and its word count as the same number. */
const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    2: 'two second twice zwei zweite zweiten deux dos due dois duas twee два две',
    3: 'three third thrice drei dritte dritten trois tres tre três drie три',
    4: 'four fourth vier vierte vierten quatre cuatro quattro quatro четыре',
    5: 'five fifth fünf fünfte fünften cinq cinco cinque vijf пять',
    6: 'six sixth sechs sechste sechsten seis sei zes шесть',
    7: 'seven seventh sieben siebte siebten sept siete sette sete zeven семь',
    8: 'eight eighth acht achte achten huit ocho otto oito восемь',
    9: 'nine ninth neun neunte neunten neuf nueve nove negen девять',
    10: 'ten tenth zehn zehnte zehnten dix diez dieci dez tien десять',
    11: 'eleven eleventh elf onze once undici одиннадцать',
    12: 'twelve twelfth zwölf douze doce dodici doze twaalf двенадцать dozen dutzend douzaine docena',
    13: 'thirteen dreizehn treize trece tredici treze dertien тринадцать',
    14: 'fourteen vierzehn quatorze catorce quattordici catorze veertien четырнадцать',
    15: 'fifteen fünfzehn quinze quince quindici vijftien пятнадцать',
    16: 'sixteen sechzehn seize dieciséis sedici dezesseis zestien шестнадцать',
    17: 'seventeen siebzehn diecisiete diciassette dezessete zeventien семнадцать',
    18: 'eighteen achtzehn dieciocho diciotto dezoito achttien восемнадцать',
    19: 'nineteen neunzehn diecinueve diciannove dezenove negentien девятнадцать',
    20: 'twenty zwanzig vingt veinte venti vinte twintig двадцать',
    30: 'thirty dreißig trente treinta trenta trinta dertig тридцать',
    40: 'forty vierzig quarante cuarenta quaranta quarenta veertig сорок',
    50: 'fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig пятьдесят',
    60: 'sixty sechzig soixante sesenta sessanta sessenta zestig шестьдесят',
    70: 'seventy siebzig setenta settanta zeventig семьдесят',
    80: 'eighty achtzig ochenta ottanta oitenta tachtig восемьдесят',
    90: 'ninety neunzig noventa novanta negentig девяносто',
    100: 'hundred hundreds hundert cent cien ciento cento cem honderd сто',
    1000: 'thousand thousands tausend mille mil mila duizend тысяча тысяч тысячи',
    1000000:
      'million millions million millionen millón millones milione milioni milhão milhões miljoen миллион миллионов',
    1000000000: 'billion billions milliarde milliarden milliard milliards миллиард миллиардов',
  }).flatMap(([digits, words]) => words.split(' ').map((word) => [word, digits] as const)),
);

/** Where other scripts' digits begin: Arabic, Persian, Devanagari, Bengali, Thai. */
const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

/** `1,482`, `1.482`, `1 482` and `1'482` first, then plain and decimal numbers and times of day. A minus sign belongs to its number. */
const DIGITS =
  /(?:(?<![\p{L}\p{N}])[-−])?(?:(?<![\d.,])[1-9]\d{0,2}(?:[ .,'’٬]\d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,:٫]\d+)?)/gu;

/** `1` alone stands in too many everyday words to be told apart as a number. */
const CHINESE_NUMERALS = /[二三四五六七八九十百千万萬亿億两兩][一二三四五六七八九十百千万萬亿億两兩〇零]*/gu;

const LIST_MARKERS = /^[ \t]*\(?\d{1,2}[.)][ \t]+(?=\S)/gmu;

const GROUP_MARKS = /[ .,'’٬](?=\d{3}(?!\d))/g;

/** A number as it stands in a text, and in the one form in which numbers are compared. */
export interface FoundNumber {
  written: string;
  value: string;
}

/** Numbers written in digits: `1,482`, `1.482` and `1 482` have the value `1482`, `2,5` has `2.5`. */
export function findDigits(text: string): FoundNumber[] {
  return [...toAsciiDigits(text).matchAll(DIGITS)].map(([written]) => ({ written, value: canonical(written) }));
}

/** Numbers in digits and in words (`three` has the value `3`), and Chinese numerals as they stand. */
export function findNumbers(text: string): FoundNumber[] {
  const words = text.normalize('NFKC').match(/\p{L}+/gu) ?? [];
  const named = words.flatMap((written) => {
    const value = NUMBER_WORDS.get(written.toLowerCase());
    return value === undefined ? [] : [{ written, value }];
  });
  const numerals = text.match(CHINESE_NUMERALS) ?? [];
  return [...findDigits(text), ...named, ...numerals.map((written) => ({ written, value: written }))];
}

/** Whether a word in lower case is a number as a whole: `three`, `十七`. */
export function isNumberWord(word: string): boolean {
  return NUMBER_WORDS.has(word) || (word !== '' && word.replace(CHINESE_NUMERALS, '') === '');
}

/** The values of all numbers in a text. */
export function numbersIn(text: string): string[] {
  return findNumbers(text).map(({ value }) => value);
}

/** `Second, ...`: what counts the parts of a list within a text. */
const ENUMERATION = /(?<!\p{L})(?:first|second|third|fourth|fifth)(?=,)/giu;

/** A text without the words that count its parts. */
export function withoutEnumeration(text: string): string {
  return withoutListMarkers(text).replace(ENUMERATION, '');
}

/** `1. Mix` and `2) Bake` without their counters, which are no part of what is said. */
export function withoutListMarkers(text: string): string {
  return text.replace(LIST_MARKERS, '');
}

function toAsciiDigits(text: string): string {
  return text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = DIGIT_ZEROS.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}

function canonical(number: string): string {
  const grouped = /^[-−]?[1-9]\d{0,2}(?:[ .,'’٬]\d{3}(?!\d))+/u.test(number);
  const ungrouped = grouped ? number.replace(GROUP_MARKS, '') : number;
  return ungrouped.replace('−', '-').replace(/[,٫]/, '.');
}

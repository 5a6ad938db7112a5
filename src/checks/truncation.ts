import type { Rule } from './dialogue.js';
import { withoutGestures } from './speech.js';
import { carries, contentWords, joinedLetters, read, type Reading } from './words.js';

/** A sentence's end in the scripts that mark it, with what may close after it: quotes, brackets, markup, emoji. */
const SENTENCE_END = /(?:[.!?…。！？؟۔।॥።။។՞։]|[～~♪])[\s"'“”‘’«»)\]}*_`」』）》\p{Extended_Pictographic}]*$/u;

/** Thai and Lao close a sentence with a blank or nothing. */
const UNMARKED_SCRIPT = /[\p{Script=Thai}\p{Script=Lao}]\W*$/u;

const EMOJI_END = /\p{Extended_Pictographic}$/u;

/** Characters without a shape of their own that stand within emoji. */
const JOINERS = /\u200d|\ufe0f/gu;

/** The last line of a list, a table or a code block. */
const LIST_OR_CODE = /(?:^|\n)[ \t]*(?:[-*•+]|\d{1,2}[.)])[ \t]+[^\n]*$|```$|\|$/u;

/** Rule 6: the last answer is finished, by a sentence's end or in the way the pair's answer ends. */
export const isFinished: Rule = ({ exchanges }) => {
  const last = exchanges.at(-1);
  if (!last) return undefined;
  const { answer, answered } = last;
  return ends(answered.said, answer)
    ? undefined
    : `Turn ${answered.number} breaks off: write the last answer to its end.`;
};

function ends(said: Reading, answer: Reading): boolean {
  const text = said.text.replace(JOINERS, '');
  if ([text, withoutGestures(text)].some((one) => SENTENCE_END.test(one.trimEnd()) || EMOJI_END.test(one))) return true;
  if (!SENTENCE_END.test(answer.text) && endsAlike(said, answer)) return true;
  return (LIST_OR_CODE.test(said.text) || UNMARKED_SCRIPT.test(said.text)) && holdsLastWord(said, answer);
}

function endsAlike(said: Reading, answer: Reading): boolean {
  return said.joined.endsWith(joinedLetters(answer.words.at(-1)?.plain ?? answer.text));
}

function holdsLastWord(said: Reading, answer: Reading): boolean {
  const tail = read(answer.text.trimEnd().split(/\n/).at(-1) ?? '');
  const word = contentWords(tail).at(-1);
  return word === undefined || carries(said, word);
}

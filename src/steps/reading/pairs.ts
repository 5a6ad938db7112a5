import type { Pair } from '../../records.js';
import type { Parsed } from '../step.js';
import { unusable, usable } from '../step.js';
import { cleanReply, echoesPrompt, unwrapFences } from './clean.js';
import { faultOf, type FoundPair } from './found-pair.js';
import { jsonPairs } from './json-pairs.js';
import { readPairLine, withoutNumber, type PairLine } from './pair-labels.js';
import { withoutPairTable } from './pair-table.js';
import { withoutPairTags } from './pair-tags.js';
import { tidyAnswer, tidyQuestion } from './pair-text.js';

/** Ends the notes: only what follows is read as pairs. */
const PAIRS_MARK = /^[\s#*_]*pairs[*_]*\s*:[*_\s]*$/i;
/** How a list of pairs begins inside a code fence. */
const FENCED_FORM = /^[ \t>#*_\d.)-]*(?:question|q|pairs)[ \t*_\d]*:|^[ \t]*[[{]\s*[[{"']/im;

/**
 * Reads the pairs of question and answer out of a reply, at least one. `form` tells the model what to write if there
 * is none. One question without an answer makes all of it unusable: the reply ends too early, or is not what it seems.
 */
export function readPairs(reply: string, form: string): Parsed<Pair[]> {
  const text = afterPairsMark(unwrapFences(cleanReply(reply), FENCED_FORM));
  if (echoesPrompt(text)) return unusable(`The reply repeats the tagged material. ${form}`);
  const pairs = newPairs(allPairs(withoutPairTable(withoutPairTags(text))));
  if (pairs === undefined) return unusable(`There is no pair of question and answer in the reply. ${form}`);
  const fault = pairs.map(faultOf).find((each) => each !== undefined);
  if (fault !== undefined) return unusable(`${fault} ${form}`);
  return usable(pairs.map(({ question, answer }) => ({ question, answer })));
}

function allPairs(text: string): FoundPair[] | undefined {
  return /^[[{]/.test(text) ? (jsonPairs(text) ?? linePairs(text)) : (linePairs(text) ?? jsonPairs(text));
}

/** Without the pairs that the reply only repeats, if it has others. */
function newPairs(pairs: FoundPair[] | undefined): FoundPair[] | undefined {
  return pairs?.every(({ old }) => old === true) ? pairs : pairs?.filter(({ old }) => old !== true);
}

function afterPairsMark(text: string): string {
  const lines = text.split('\n');
  const mark = lines.findLastIndex((line) => PAIRS_MARK.test(line));
  return lines
    .slice(mark + 1)
    .join('\n')
    .trim();
}

/** The pairs of a list with a label on each question and answer, or with numbered questions. */
function linePairs(text: string): FoundPair[] | undefined {
  const lines = withPlainLetters(text).split('\n').flatMap(readPairLine);
  const labelled = lines.some(({ kind }) => kind === 'question');
  const blocks = groupLines(labelled ? lines : markQuestions(lines));
  if (blocks.length === 0) return undefined;
  return blocks.map(({ question, answers, old }) => ({
    question: tidyQuestion(question),
    answer: tidyAnswer(answers[0] ?? []),
    twice: answers.length > 1,
    old,
  }));
}

/** `Q.` and `A.` are labels only where they come together: a paragraph may begin with an initial. */
function withPlainLetters(text: string): string {
  const together = /^[\s*-]*Q\.\s.*\n+[\s*-]*A\.\s/m;
  return together.test(text) ? text.replace(/^([\s*-]*[QA])\.(?=\s)/gm, '$1:') : text;
}

/**
 * Finds the questions of a list without labels on them: for each answer the nearest numbered line above it, else the
 * nearest that ends in a question mark. So a numbered list inside an answer stays there.
 */
function markQuestions(lines: readonly PairLine[]): PairLine[] {
  const marked = [...lines];
  let from = 0;
  lines.forEach(({ kind }, index) => {
    if (kind !== 'answer') return;
    const between = lines.slice(from, index);
    const numbered = between.findLastIndex((line) => line.kind === 'numbered');
    const question = numbered === -1 ? between.findLastIndex(({ content }) => /[?？]\W*$/.test(content)) : numbered;
    if (question !== -1) {
      const content = withoutNumber(between[question]?.content ?? '');
      marked[from + question] = { kind: 'question', content };
    }
    from = index + 1;
  });
  return marked;
}

interface Block {
  question: string[];
  answers: string[][];
  old: boolean;
}

/** Lines before the first label are notes. */
function groupLines(lines: readonly PairLine[]): Block[] {
  const blocks: Block[] = [];
  for (const { kind, content, old = false } of lines) {
    const block = blocks.at(-1);
    if (kind === 'question') blocks.push({ question: [content], answers: [], old });
    else if (kind === 'answer' && block === undefined) blocks.push({ question: [], answers: [[content]], old });
    else if (kind === 'answer') block?.answers.push([content]);
    else (block?.answers.at(-1) ?? block?.question)?.push(content);
  }
  return blocks;
}

import type { Pair } from '../../records.js';
import type { NonEmpty } from '../draw.js';
import { answerPieces } from './pieces.js';
import { keyWords, topicOf } from './topic.js';
import { isFunctionWord, sharedPart, wordsOf } from './words.js';

const QUESTIONS: NonEmpty<string> = [
  'What should one know about {}?',
  'What is worth remembering about {}?',
  'How would an expert describe {}?',
  'Which facts matter when it comes to {}?',
  'What makes {} noteworthy?',
];

/** For texts with too few sentences: true of nearly anything, and each in words of its own. */
const SPARE_PAIRS: readonly Pair[] = [
  {
    question: 'Where does a beginner start with {}?',
    answer: 'A beginner starts with {}, since everything later builds on that foundation.',
  },
  {
    question: 'Why do people care for {}?',
    answer: 'Practical reasons that touch daily work make people care for {}.',
  },
  {
    question: 'How can somebody explain {} to a child?',
    answer: 'Short sentences and one simple picture explain {} to a child.',
  },
  {
    question: 'Which mistake happens often around {}?',
    answer: 'Hurrying past {} without asking twice is a mistake that happens often.',
  },
  {
    question: 'Who gains from understanding {}?',
    answer: 'Teachers, students and curious neighbours gain from understanding {}.',
  },
  {
    question: 'When does returning to {} pay?',
    answer: 'Returning to {} pays whenever fresh doubts arise weeks afterwards.',
  },
  {
    question: 'Does {} deserve a closer look?',
    answer: 'Yes, a closer look at {} rewards patience and careful attention.',
  },
  {
    question: 'What would a specialist add on {}?',
    answer: 'A specialist would add that regular practice teaches {} best.',
  },
];

/** With more in common, two questions ask the same; below the 0.9 at which the pipeline drops one of them. */
const MOST_SHARED_BY_QUESTIONS = 0.8;
/** With more in common, one answer could be taken for the other in a conversation. */
const MOST_SHARED_BY_ANSWERS = 0.5;
/** Enough for four questions in five versions each; more would only cost time. */
const POOL_SIZE = 24;
const FALLBACK_TOPIC = 'this subject';

/**
 * Pairs about a text, all distinct in question and answer: sentences of the text first, then spare pairs about its
 * weightiest word. At least eight from any text, however short.
 */
export function pairPool(text: string, wanted: number = POOL_SIZE): Pair[] {
  const pool: Pair[] = [];
  const answers: ReadonlySet<string>[] = [];
  for (const pair of candidates(text)) {
    if (pool.length >= wanted) break;
    const words = contentWords(pair.answer);
    const distinct =
      words.size > 1 &&
      answers.every((other) => sharedPart(words, other) <= MOST_SHARED_BY_ANSWERS) &&
      !repeatsQuestion(
        pair.question,
        pool.map(({ question }) => question),
      );
    if (!distinct) continue;
    pool.push(pair);
    answers.push(words);
  }
  return pool;
}

export function repeatsQuestion(question: string, others: readonly string[]): boolean {
  const words = new Set(wordsOf(question));
  return others.some((other) => sharedPart(words, new Set(wordsOf(other))) > MOST_SHARED_BY_QUESTIONS);
}

function* candidates(text: string): Generator<Pair> {
  let frame = 0;
  for (const answer of answerPieces(text)) {
    const question = (QUESTIONS[frame % QUESTIONS.length] ?? QUESTIONS[0]).replace(
      '{}',
      () => topicOf(answer) ?? FALLBACK_TOPIC,
    );
    frame += 1;
    yield { question, answer };
  }
  const [topic = FALLBACK_TOPIC] = keyWords(text);
  for (const { question, answer } of SPARE_PAIRS) {
    yield { question: question.replace('{}', () => topic), answer: answer.replace('{}', () => topic) };
  }
}

function contentWords(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).filter((word) => !isFunctionWord(word)));
}

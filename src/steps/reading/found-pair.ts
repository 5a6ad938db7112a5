/** A pair as far as it was found in a reply. */
export interface FoundPair {
  question: string;
  answer: string;
  /** A second answer came before the next question. */
  twice?: boolean;
}

/** What is wrong with the pair at this position of the list, in words for the model. */
export function faultOf({ question, answer, twice }: FoundPair, index: number): string | undefined {
  if (twice === true) return `Pair ${index + 1} has two answers.`;
  if (!hasWords(question)) return `Pair ${index + 1} has no question.`;
  return hasWords(answer) ? undefined : `Pair ${index + 1} has no answer.`;
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

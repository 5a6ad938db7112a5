/** A pair as far as it was found in a reply. */
export interface FoundPair {
  question: string;
  answer: string;
  /** A second answer came before the next question. */
  twice?: boolean;
  /** The reply calls it the one that is to be replaced. */
  old?: boolean;
}

/** What is wrong with the pair at this position of the list, in words for the model. */
export function faultOf({ question, answer, twice }: FoundPair, index: number): string | undefined {
  const pair = `Pair ${index + 1}`;
  if (twice === true) return `${pair} has two answers.`;
  if (!hasWords(question) || isPlaceholder(question) || NO_QUESTION.test(question)) return `${pair} has no question.`;
  if (!hasWords(answer) || isPlaceholder(answer)) return `${pair} has no answer.`;
  if (answer === question) return `${pair} has its question for an answer.`;
  if (declines(question) || declines(answer)) return `${pair} declines: leave it out, or ask about another fact.`;
  return isSilent(answer) ? `${pair} says that there is no answer: ask only what the text answers.` : undefined;
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** An answer may be "None."; a question may not. */
const NO_QUESTION = /^\W*(?:none|no (?:new )?question|null|nothing)\W*$/i;
const PLACEHOLDERS: readonly RegExp[] = [
  /^\W*(?:n\/a|n\.a\.|not applicable|not available|null|undefined|tbd|to be determined|same as (?:before|above)|unchanged|no change)\W*$/i,
  /^[[<{(][^\])}>]*\b(?:questions?|answers?|insert|your|here|text|facts?|same|unchanged|as (?:before|above)|placeholder|no change)\b[^\])}>]*[\])}>][.?]?$/i,
];

/** `[answer]`, `(unchanged)`, `N/A`. */
function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some((placeholder) => placeholder.test(text));
}

/** The model speaks of itself, where a question or an answer should be. */
const DECLINES: readonly RegExp[] = [
  /^(?:(?:i['’]m|i am) (?:very |so |really )?sorry|sorry|(?:my )?apologies|i apologi[sz]e|unfortunately)\b[^.\n]{0,20}\bi\b[^.\n]{0,20}(?:can(?:no|['’])t|unable|not able|don['’]t have)\b[^.\n]{0,40}\b(?:help|assist|provide|answer|write|create|generate|fulfil|comply|do|information|discuss|question)\b/i,
  /^as an? (?:ai|artificial|language model)\b/i,
  /^i (?:can(?:no|['’])t|am unable to|am not able to|won['’]t) (?:help|assist|provide|answer|write|create|generate|fulfil|comply|produce)\b/i,
  /^(?:es tut mir leid|leider)\b[^.\n]{0,40}\b(?:kann|darf) ich\b|^es tut mir leid\b[^.\n]{0,20}\bich kann\b/i,
  /^(?:lo siento|lamentablemente)\b[^.\n]{0,40}\bno puedo\b/i,
  /^(?:je suis désolée?|désolée?)\b[^.\n]{0,40}\bje ne (?:peux|puis)\b/i,
  /^(?:很?抱歉|对不起|對不起)[^。\n]{0,20}我?(?:不能|无法|無法)/,
];

function declines(text: string): boolean {
  return DECLINES.some((refusal) => refusal.test(text));
}

const TEXT =
  '(?:provided |given |supplied |source |above )?(?:text|passage|excerpt|paragraph|chunk|context|information|document)';
const SILENT: readonly RegExp[] = [
  new RegExp(
    `^\\W*(?:unfortunately,? )?(?:the|this) ${TEXT} (?:does not|doesn['’]t|do not|gives no|provides no|says nothing)\\b`,
    'i',
  ),
  new RegExp(
    `^[^.\\n]{0,120}\\b(?:not|never|nowhere) (?:\\w+ )?(?:mentioned|stated|specified|provided|given|named|explained|found) (?:in|by) (?:the|this) ${TEXT}\\W*$`,
    'i',
  ),
];

/** The answer is that there is none in the text. */
function isSilent(answer: string): boolean {
  return SILENT.some((words) => words.test(answer));
}

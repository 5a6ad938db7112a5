import { pick } from '../draw.js';
import type { Draw, NonEmpty } from '../draw.js';
import type { StepName } from './index.js';

const EMPTY = '';
const REFUSAL = "I'm sorry, but I can't help with that request.";
const CHATTER = 'What a lovely topic! Tell me where you would like me to begin, and I will get to it right away.';
const UNDECIDED = 'Line by line there is much for it and something against it, and both sides have their merits.';

const REPEATED_PROMPT = '<pairs>\nQuestion: """What is asked for here?"""\nAnswer: """A plan."""\n</pairs>';
const UNFINISHED_REASONING = '<think>\nA workshop would do, or a library; the second person could also come';

/** Where the whole answer is the result, whatever it says. */
const NO_ANSWER: NonEmpty<string> = [EMPTY, REPEATED_PROMPT, UNFINISHED_REASONING];
const NO_RESULT: NonEmpty<string> = [EMPTY, REFUSAL, CHATTER];

function noVerdict(bothVerdicts: string): NonEmpty<string> {
  return [EMPTY, REFUSAL, CHATTER, UNDECIDED, `${UNDECIDED}\nVerdict: ${bothVerdicts}`];
}

const UNUSABLE: Record<StepName, NonEmpty<string>> = {
  'judge-paragraph': noVerdict('SUITABLE or UNSUITABLE'),
  'generate-questions': NO_RESULT,
  'check-question': noVerdict('RELEVANT or IRRELEVANT'),
  'check-answer-relevancy': noVerdict('RELEVANT or IRRELEVANT'),
  'check-answer-accuracy': noVerdict('ACCURATE or INACCURATE'),
  'regenerate-question': NO_RESULT,
  'revise-context': noVerdict('PASS or FAIL'),
  'plan-character': NO_ANSWER,
  'write-character': NO_RESULT,
  'plan-scenario': NO_ANSWER,
  'write-scenario': NO_ANSWER,
  'write-conversation': NO_RESULT,
  'write-assistant-conversation': NO_RESULT,
};

/** An answer from which the step's parser can read nothing: of several kinds. */
export function unusableAnswer(step: StepName, draw: Draw): string {
  return pick(draw, 'unusable kind', UNUSABLE[step]);
}

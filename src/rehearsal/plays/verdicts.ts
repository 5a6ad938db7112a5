import { pick } from '../draw.js';
import type { NonEmpty } from '../draw.js';
import type { ProfileRates } from '../profiles.js';
import type { Play } from './scene.js';

interface VerdictWords {
  yes: string;
  no: string;
  yesNotes: NonEmpty<string>;
  noNotes: NonEmpty<string>;
}

const JUDGE: VerdictWords = {
  yes: 'SUITABLE',
  no: 'UNSUITABLE',
  yesNotes: [
    'It states several facts that a stranger can be asked for.',
    'Names and facts stand in whole sentences, so good questions can be asked.',
  ],
  noNotes: [
    'It is a table of contents and states nothing that could be asked for.',
    'Legal notices and addresses only; there is no fact to learn.',
  ],
};

const QUESTION: VerdictWords = {
  yes: 'RELEVANT',
  no: 'IRRELEVANT',
  yesNotes: [
    'The question asks for one fact, and one sentence states it in full.',
    'All that is asked for can be answered from what stands there.',
  ],
  noNotes: [
    'The question asks for a reason, and no reason is given anywhere.',
    'The question takes for granted something that is never stated.',
  ],
};

const RELEVANCY: VerdictWords = {
  yes: 'RELEVANT',
  no: 'IRRELEVANT',
  yesNotes: [
    'The answer covers all that is asked and adds nothing else.',
    'One thing is asked for, and the answer gives just that.',
  ],
  noNotes: [
    'The answer leaves out the second half of what is asked.',
    'The last clause of the answer is about something that was not asked.',
  ],
};

const ACCURACY: VerdictWords = {
  yes: 'ACCURATE',
  no: 'INACCURATE',
  yesNotes: [
    'Each claim of the answer is supported word for word.',
    'One claim, stated the same way in the source; figures and names agree.',
  ],
  noNotes: [
    'The answer gives a cause that is not supported by any sentence.',
    'The answer turns a limit into a usual value, which changes the claim.',
  ],
};

function verdictPlay(words: VerdictWords, rate: keyof ProfileRates): Play {
  return ({ draw, rates }) => {
    const no = draw('verdict') < rates[rate];
    const notes = pick(draw, 'notes', no ? words.noNotes : words.yesNotes);
    return `${notes}\nVerdict: ${no ? words.no : words.yes}`;
  };
}

export const judgeParagraph = verdictPlay(JUDGE, 'judgeNo');
export const checkQuestion = verdictPlay(QUESTION, 'voteNo');
export const checkAnswerRelevancy = verdictPlay(RELEVANCY, 'voteNo');
export const checkAnswerAccuracy = verdictPlay(ACCURACY, 'voteNo');

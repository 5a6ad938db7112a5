import { pick } from '../draw.js';
import type { NonEmpty } from '../draw.js';
import type { Play } from './scene.js';
import { speaksOfSource } from './words.js';

const OPENINGS: NonEmpty<string> = ['In short:', 'To be precise:', 'Put simply:'];

/** Rewords by an opening of the question, which keeps its meaning; a pair that speaks of its source is left as it is. */
export const reviseContext: Play = ({ fields: { question, answer }, draw, rates }) => {
  const drawn = draw('verdict');
  if (drawn < rates.revisionFail) {
    return 'One thing is meant that neither the question nor the answer names.\nVerdict: FAIL';
  }
  const reword = drawn < rates.revisionFail + rates.reword && !speaksOfSource(`${question} ${answer}`);
  if (!reword) return 'Who and what is meant stands in the pair itself.\nVerdict: PASS';
  const reworded = `${pick(draw, 'opening', OPENINGS)} ${question}`;
  return `The question starts abruptly; an opening helps.\nQuestion: ${reworded}\nAnswer: ${answer}\nVerdict: REWORD`;
};

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkConversation } from '../../src/checks/check-conversation.js';

const SAMPLES = resolve('samples');

/** Sentences that try the rules: words that deny nothing, lists, markup at the end, figures, no full stop. */
const HARD_SENTENCES = [
  'The keeper is guided not only by the weather, but also by the number of bees that fly.',
  'A fire will not only destroy the wax but anything else nearby.',
  '_General Rules for the First Winter_',
  '(12) _Feeding Late in the Year_',
  'The scale showed 1,085',
  'Nothing is lost without a reason; nobody said so.',
  'No, it is never too late: see rule (b).',
];

function sampleSentences(): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return readdirSync(SAMPLES).flatMap((file) => {
    const text = readFileSync(join(SAMPLES, file), 'utf8').replace(/\s+/g, ' ');
    return [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter((sentence) => sentence.length > 8);
  });
}

describe('an answer given word for word', () => {
  const sentences = [...HARD_SENTENCES, ...sampleSentences()];
  it.each(sentences.map((answer, at) => [answer, at] as const))('passes: %s', (answer, at) => {
    const question = `What does rule number ${at + 1} say to a beginner?`;
    const reply = `User: ${question}\nAI Assistant: ${answer}`;
    const expected = { answerer: 'AI Assistant', asker: 'User', pairs: [{ question, answer }], forbidSourceTalk: true };
    expect(checkConversation(reply, expected)).toMatchObject({ ok: true });
  });
});

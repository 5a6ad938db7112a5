import { type CallSize, TokenEstimate } from '../../src/llm/token-estimate.js';

const JUDGE: CallSize = { step: 'judge', characters: 7_000, maxTokens: 1_000 };
const WRITE: CallSize = { step: 'write', characters: 7_000, maxTokens: 3_000 };

it('is cautious before there is an answer: 3.5 characters a token, and all that the step may use', () => {
  expect(new TokenEstimate().of(JUDGE)).toBe(3_000);
});

it('learns tokens a character from all answers, and the length of answers by step', () => {
  const estimate = new TokenEstimate();
  for (let answer = 0; answer < 100; answer += 1) {
    estimate.learn(JUDGE, { prompt: 1_400, completion: answer % 2 === 0 ? 50 : 150 });
  }
  expect(estimate.of(JUDGE)).toBeGreaterThan(1_480);
  expect(estimate.of(JUDGE)).toBeLessThan(1_520);
  // Its prompts are understood, its answers not yet.
  expect(estimate.of(WRITE)).toBeGreaterThan(4_390);
  expect(estimate.of(WRITE)).toBeLessThan(4_410);
});

it('follows texts in another language', () => {
  const estimate = new TokenEstimate();
  for (let answer = 0; answer < 1_000; answer += 1) estimate.learn(JUDGE, { prompt: 1_400, completion: 100 });
  for (let answer = 0; answer < 1_000; answer += 1) estimate.learn(JUDGE, { prompt: 7_000, completion: 100 });
  expect(estimate.of(JUDGE)).toBeGreaterThan(5_500);
});

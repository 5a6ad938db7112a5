import type { Message } from '../../src/call-record.js';
import type { Pair } from '../../src/records.js';
import { DAWN, PANS } from './salt-works.js';

const CHARACTER = 'Ottilie Brand';
const SECOND_CHARACTER = 'Jonas Reed';

const REPLIES: Record<string, (messages: Message[]) => string> = {
  'judge-paragraph': () => 'It is full of facts.\nVerdict: SUITABLE',
  'generate-questions': () => listPairs([PANS, DAWN]),
  'check-question': () => 'It fits.\nVerdict: RELEVANT',
  'check-answer-relevancy': () => 'It fits.\nVerdict: RELEVANT',
  'check-answer-accuracy': () => 'It fits.\nVerdict: ACCURATE',
  'revise-context': () => 'It stands alone.\nVerdict: PASS',
  'plan-character': () => '- Name: Ottilie Brand\n- Way to the subject: she kept the books of a salt works.',
  'write-character': () =>
    [
      `Name: ${CHARACTER}`,
      'Traits: counts under her breath, folds every paper twice',
      'Dialogue Examples:',
      `Stranger: "What's your backstory?"`,
      `${CHARACTER}: "Ledgers, mostly. Then a cousin took me to the coast, and I stayed for the figures."`,
      'Stranger: "Is it going to rain?"',
      `${CHARACTER}: "Two days in seven, as a rule."`,
    ].join('\n'),
  'plan-scenario': () => `- Place: a quay.\n- Second character: ${SECOND_CHARACTER}\n- Motive: he buys for a dairy.`,
  'write-scenario': () =>
    `On the quay ${CHARACTER} folds her list. ${SECOND_CHARACTER}, who buys for a dairy, has come to ask her about ` +
    `the season.\n\nSecond character: ${SECOND_CHARACTER}`,
  'write-conversation': (messages) => writeTurns(messages, SECOND_CHARACTER, CHARACTER),
  'write-assistant-conversation': (messages) => writeTurns(messages, 'User', 'AI Assistant'),
};

/** What a model says that finds nothing wrong; a better version of a question nobody can guess. */
export function agreeableReply(step: string, messages: Message[]): string | undefined {
  return REPLIES[step]?.(messages);
}

export function listPairs(pairs: readonly Pair[]): string {
  const numbered = pairs.map(({ question, answer }, index) => `${index + 1}. Question: ${question}\nAnswer: ${answer}`);
  return ['- What the text says of the salt.', 'Pairs:', numbered.join('\n\n')].join('\n');
}

/** Each pair of the prompt in its own words, in its order. */
function writeTurns(messages: Message[], asker: string, answerer: string): string {
  const material = messages.find(({ role }) => role === 'user')?.content ?? '';
  const pairs = material.matchAll(/^Question: """(.*)"""\nAnswer: """(.*)"""$/gm);
  return [...pairs].map(([, question, answer]) => `${asker}: ${question}\n${answerer}: ${answer}`).join('\n');
}

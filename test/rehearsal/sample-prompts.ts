import type { Message } from '../../src/call-record.js';
import type { Pair } from '../../src/records.js';
import { renderPairs, renderQuestions, renderRejected } from '../../src/steps/render-pairs.js';
import type { RejectedPair } from '../../src/steps/render-pairs.js';

/** Values for a prompt; each step uses those it has. */
export interface PromptValues {
  text?: string;
  pair?: Pair;
  pairs?: Pair[];
  taken?: string[];
  rejected?: RejectedPair[];
  tags?: Record<string, string>;
}

/** Messages in the layout of the project's own prompts. */
export function sampleMessages({ text, pair, pairs, taken, rejected, tags = {} }: PromptValues): Message[] {
  const blocks = [
    ...(text === undefined ? [] : [tagged('text', text), 'From: Mill and Hive, by Ada Brook']),
    ...(pair === undefined ? [] : [`${tagged('question', pair.question)}\n${tagged('answer', pair.answer)}`]),
    ...(pairs === undefined ? [] : [tagged('pairs', renderPairs(pairs))]),
    ...(taken === undefined ? [] : [tagged('taken', renderQuestions(taken))]),
    ...(rejected === undefined ? [] : [tagged('rejected', renderRejected(rejected))]),
    ...Object.entries(tags).map(([tag, content]) => tagged(tag, content)),
    'Write in the language of the text.',
  ];
  return [
    { role: 'system', content: 'You play one step.\n\nExample: <text> is where the material stands.' },
    { role: 'user', content: blocks.join('\n\n') },
  ];
}

function tagged(tag: string, content: string): string {
  return `<${tag}>\n${content}\n</${tag}>`;
}

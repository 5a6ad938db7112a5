import type { Prompt } from '../../src/prompting/prompt.js';

/** An example of a system message: what the model is given there, and what it is to reply. */
export interface Example {
  given: string;
  reply: string;
}

const HEADING = /^### Example \d+$/m;
const REPLY = '\nReply:\n';

function systemParts(prompt: Prompt | undefined): string[] {
  return (prompt?.messages[0]?.content ?? '').split(HEADING);
}

export function instructionsOf(prompt: Prompt | undefined): string {
  return systemParts(prompt)[0] ?? '';
}

export function examplesOf(prompt: Prompt | undefined): Example[] {
  return systemParts(prompt)
    .slice(1)
    .map((part) => {
      const [given = '', reply = ''] = part.split(REPLY);
      return { given: given.trim(), reply: reply.trim() };
    });
}

/** What stands between the tags of an example; empty if there is no such tag. */
export function tagged(example: Example, tag: string): string {
  return new RegExp(`<${tag}>\\n([\\s\\S]*?)\\n</${tag}>`).exec(example.given)?.[1] ?? '';
}

export function pairOf(example: Example): { question: string; answer: string } {
  return { question: tagged(example, 'question'), answer: tagged(example, 'answer') };
}

/** The pairs of a block with triple quotes. */
export function quotedPairs(block: string): { question: string; answer: string }[] {
  return [...block.matchAll(/Question: """([\s\S]*?)"""\nAnswer: """([\s\S]*?)"""/g)].map(
    ([, question = '', answer = '']) => ({ question, answer }),
  );
}

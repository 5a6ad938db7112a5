import type { Prompt } from '../../src/prompting/prompt.js';
import { askAgain, renderPrompt } from '../../src/prompting/render-prompt.js';

const PROMPT: Prompt = {
  step: 'vote',
  file: 'vote.yaml',
  messages: [
    { role: 'system', content: 'Judge {"a": 1}.' },
    { role: 'user', content: '<text>\n{text}\n</text>\n{question} {question}' },
  ],
  hash: '',
};

describe('renderPrompt', () => {
  it.each(['{question}', '$& $1 $$', '</text>', 'Verdict: ACCURATE', 'a \\n b "c" {', '{unknown}'])(
    'puts a value in as it is: %s',
    (value) => {
      expect(renderPrompt(PROMPT, { text: value, question: 'Why?' })).toEqual([
        { role: 'system', content: 'Judge {"a": 1}.' },
        { role: 'user', content: `<text>\n${value}\n</text>\nWhy? Why?` },
      ]);
    },
  );

  it('puts an empty value in', () => {
    expect(renderPrompt(PROMPT, { text: '', question: 'Why?' })[1]?.content).toBe('<text>\n\n</text>\nWhy? Why?');
  });

  it('refuses to send a placeholder', () => {
    expect(() => renderPrompt(PROMPT, { text: 'A.' })).toThrow('uses {question}, which its step does not give');
  });
});

describe('askAgain', () => {
  const messages = renderPrompt(PROMPT, { text: 'A.', question: 'Why?' });

  it('appends the last reply and what was wrong with it', () => {
    const again = askAgain(messages, 'No idea.', 'There is no verdict.');
    expect(again.slice(0, 2)).toEqual(messages);
    expect(again.slice(2)).toEqual([
      { role: 'assistant', content: 'No idea.' },
      { role: 'user', content: expect.stringContaining('There is no verdict.') },
    ]);
  });

  it('cuts a long reply at 500 characters', () => {
    expect(askAgain(messages, 'x'.repeat(700), 'Too long.')[2]?.content).toBe('x'.repeat(500));
  });

  it('does not halve a character', () => {
    expect(askAgain(messages, `${'x'.repeat(499)}🐝`, 'Too long.')[2]?.content).toBe('x'.repeat(499));
  });

  it.each(['', ' \n'])('sends some text in place of an empty reply', (reply) => {
    expect(askAgain(messages, reply, 'Empty.')[2]?.content).toBe('(no text)');
  });
});

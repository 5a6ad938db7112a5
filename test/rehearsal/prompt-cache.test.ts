import { PromptCache } from '../../src/rehearsal/prompt-cache.js';
import { countText } from '../../src/rehearsal/tokens.js';

const SYSTEM = { role: 'system', content: 'Judge the answer.\nEnd with a verdict.' };
const TEXT = 'The mill has two wheels and a pond of its own.\n\nThe pond is deep.';

function prompt(question: string, text = TEXT): { role: string; content: string }[] {
  return [SYSTEM, { role: 'user', content: `<text>\n${text}\n</text>\n\n${question}` }];
}

describe('the prompt cache', () => {
  it('counts as cached what stood at the start of an answered prompt', () => {
    const cache = new PromptCache();
    const first = cache.measure(prompt('How deep?'));
    expect(first.cached).toBe(0);
    expect(cache.measure(prompt('How deep?')).cached).toBe(0);
    cache.remember(first);
    expect(cache.measure(prompt('How deep?')).cached).toBe(first.tokens);
    const other = cache.measure(prompt('How many wheels does the mill have?'));
    expect(other.tokens - other.cached).toBe(countText('How many wheels does the mill have?'));
  });

  it('ends at the first line that differs', () => {
    const cache = new PromptCache();
    cache.remember(cache.measure(prompt('How deep?')));
    const { cached } = cache.measure(prompt('How deep?', `Another.\n${TEXT}`));
    expect(cached).toBe(4 + countText(SYSTEM.content) + 4 + countText('<text>\n'));
  });

  it('tells the same words in another role apart', () => {
    const cache = new PromptCache();
    cache.remember(cache.measure([SYSTEM]));
    expect(cache.measure([{ ...SYSTEM, role: 'user' }]).cached).toBe(0);
  });
});

describe('counting tokens', () => {
  it.each([
    ['The mill has two wheels.', 6],
    ['', 0],
    ['<|endoftext|>', 7],
  ])('of "%s"', (text, tokens) => {
    expect(countText(text)).toBe(tokens);
  });

  it('copes with what has no end', () => {
    expect(countText('a'.repeat(100_000))).toBeGreaterThan(1000);
    expect(countText(' '.repeat(100_000))).toBeGreaterThan(100);
  });
});

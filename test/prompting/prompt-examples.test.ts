import { readdir, readFile } from 'node:fs/promises';
import { mentionsSource } from '../../src/checks/source-talk.js';
import type { Pair } from '../../src/records.js';
import { checkAnswerAccuracy } from '../../src/steps/check-answer-accuracy.js';
import { checkAnswerRelevancy } from '../../src/steps/check-answer-relevancy.js';
import { checkQuestion } from '../../src/steps/check-question.js';
import { generateQuestions } from '../../src/steps/generate-questions.js';
import { judgeParagraph } from '../../src/steps/judge-paragraph.js';
import { regenerateQuestion } from '../../src/steps/regenerate-question.js';
import { reviseContext } from '../../src/steps/revise-context.js';
import type { Parsed } from '../../src/steps/step.js';
import { writeAssistantConversation } from '../../src/steps/write-assistant-conversation.js';
import { examplesOf, pairOf, quotedPairs, tagged, type Example } from './prompt-examples.js';
import { names, promptOf } from './own-prompts.js';
import { stepContext } from '../support/step-context.js';

const NO_CONTEXT = stepContext();

describe('examples', () => {
  const examples = (name: string) => examplesOf(promptOf(name));
  const context = (example: Example) => stepContext({ text: tagged(example, 'text') });
  const verdicts = (name: string, read: (example: Example) => Parsed<{ verdict: string }>) =>
    examples(name).map((example) => {
      const parsed = read(example);
      return parsed.ok ? parsed.value.verdict : parsed.reason;
    });

  it('are read by the parsers as they are meant, a no last', () => {
    expect(verdicts('judge-paragraph', ({ reply }) => judgeParagraph.parse(reply, {}, NO_CONTEXT))).toEqual([
      'suitable',
      'suitable',
      'unsuitable',
    ]);
    expect(verdicts('check-question', (each) => checkQuestion.parse(each.reply, pairOf(each), context(each)))).toEqual([
      'relevant',
      'irrelevant',
      'irrelevant',
    ]);
    expect(
      verdicts('check-answer-relevancy', (each) => checkAnswerRelevancy.parse(each.reply, pairOf(each), context(each))),
    ).toEqual(['relevant', 'irrelevant', 'irrelevant']);
    expect(
      verdicts('check-answer-accuracy', (each) => checkAnswerAccuracy.parse(each.reply, pairOf(each), context(each))),
    ).toEqual(['accurate', 'inaccurate', 'inaccurate']);
    expect(verdicts('revise-context', (each) => reviseContext.parse(each.reply, pairOf(each), context(each)))).toEqual([
      'pass',
      'reword',
      'reword',
      'fail',
    ]);
  });

  function written(): { pair: Pair; text: string }[] {
    const generated = examples('generate-questions').flatMap((example) => {
      const parsed = generateQuestions.parse(example.reply, {}, NO_CONTEXT);
      return parsed.ok ? parsed.value.map((pair) => ({ pair, text: tagged(example, 'text') })) : [];
    });
    const repaired = examples('regenerate-question').flatMap((example) => {
      const rejected = quotedPairs(tagged(example, 'rejected')).map((pair) => ({ pair, reasons: [] }));
      const parsed = regenerateQuestion.parse(example.reply, { siblings: [], rejected }, NO_CONTEXT);
      return parsed.ok ? [{ pair: parsed.value, text: tagged(example, 'text') }] : [];
    });
    return [...generated, ...repaired];
  }

  it('hold four pairs and two for generation, one each for a better question', () => {
    expect(written()).toHaveLength(4 + 2 + 1 + 1);
  });

  it('give conversations that pass the mechanical checks', () => {
    const results = examples('write-assistant-conversation').map(({ given, reply }) =>
      writeAssistantConversation.parse(reply, { pairs: quotedPairs(given) }, NO_CONTEXT),
    );
    expect(results.map((result) => (result.ok ? 'usable' : result.reason))).toEqual(['usable', 'usable']);
  });

  it.each(names)('%s: every quote in the notes stands in the material', (name) => {
    for (const { given, reply } of examples(name)) {
      const notes = reply.split('\n').filter((line) => line.startsWith('- '));
      const quotes = notes.flatMap((line) => [...line.matchAll(/"([^"]+)"/g)].map(([, quote = '']) => quote));
      expect(quotes.filter((quote) => !given.includes(quote))).toEqual([]);
    }
  });

  it('have no number in a good answer that is not in its text', () => {
    const [accurate] = examples('check-answer-accuracy');
    const good = [...written(), ...(accurate ? [{ pair: pairOf(accurate), text: tagged(accurate, 'text') }] : [])];
    const strange = good.flatMap(({ pair, text }) =>
      (`${pair.question} ${pair.answer}`.match(/\d+/g) ?? []).filter((number) => !text.includes(number)),
    );
    expect(strange).toEqual([]);
  });

  it('have pairs that do not talk of their source', () => {
    const checked = ['check-question', 'check-answer-relevancy', 'check-answer-accuracy'].flatMap((name) =>
      examples(name).map(pairOf),
    );
    const told = names.flatMap((name) => examples(name).flatMap((example) => quotedPairs(tagged(example, 'pairs'))));
    const all = [...written().map(({ pair }) => pair), ...checked, ...told];
    expect(all.flatMap(({ question, answer }) => mentionsSource(`${question}\n${answer}`) ?? [])).toEqual([]);
  });

  it('share no six words in a row between prompts, nor with the sample text', async () => {
    const files = (await readdir('samples', { recursive: true })).filter((file) => /\.(?:txt|md)$/.test(file));
    const samples = await Promise.all(files.map(async (file) => unwrap(await readFile(`samples/${file}`, 'utf8'))));
    const texts = [...names.map((name) => examples(name).map(({ given, reply }) => `${given}\n${reply}`)), samples];
    expect(samples.length).toBeGreaterThan(0);
    const seen = new Map<string, number>();
    const shared = texts.flatMap((group, index) =>
      group.flatMap(wordRuns).filter((run) => {
        const first = seen.get(run) ?? index;
        seen.set(run, first);
        return first !== index;
      }),
    );
    expect(shared).toEqual([]);
  });
});

/** Joins hard-wrapped lines, so that a run across two of them is found, too. */
function unwrap(text: string): string {
  return text.replace(/(?<!\n)\r?\n(?!\r?\n)/g, ' ');
}

const RUN_LENGTH = 6;

/** All runs of six words of each line; tags are no words. */
function wordRuns(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const words = line.startsWith('<') ? [] : (line.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    return words.slice(RUN_LENGTH - 1).map((_word, end) => words.slice(end, end + RUN_LENGTH).join(' '));
  });
}

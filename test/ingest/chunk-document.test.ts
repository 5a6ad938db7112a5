import { readFile } from 'node:fs/promises';
import { chunkDocument } from '../../src/ingest/chunk-document.js';
import { countTokens } from '../../src/ingest/tokens.js';
import { chunk, faultsOf, withoutBlanks } from './chunk-faults.js';

const SAMPLE = "A Beekeeper's Year, by Augmentoolkit Contributors, published 2026.txt";

const SENTENCE = 'The bees of the third hive flew out at dawn and came back with yellow pollen. ';
describe('chunkDocument', () => {
  it('makes no chunk of a text without words', () => {
    expect(chunk(' \n\n ')).toEqual([]);
  });

  it('fills chunks with whole sentences', () => {
    const texts = chunk(SENTENCE.repeat(99), 200).map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 9 }, () => SENTENCE.repeat(11).trim()));
  });

  it('lets a last chunk under 80 tokens join the one before it', () => {
    const sentences = (count: number) => chunk(SENTENCE.repeat(count), 170).map(({ text }) => countTokens(text));
    expect(sentences(12)).toEqual([204]);
    expect(sentences(15)).toEqual([170, 85]);
  });

  it('cuts a sentence that is too long at a clause, or else between words', () => {
    const clauses = chunk('when the sun is up and the air is warm, '.repeat(60), 100);
    for (const { text } of clauses) expect(text).toMatch(/^when .*warm,$/s);
    const words = chunk('honeycomb and pollen '.repeat(200), 100);
    for (const { text } of words) expect(text).toMatch(/^(?:honeycomb|and|pollen) .*(?:honeycomb|and|pollen)$/s);
  });

  it('never cuts a character in two', () => {
    for (const { text } of chunk('👩‍👩‍👧‍👦'.repeat(500), 60)) expect(withoutBlanks(text)).toMatch(/^(?:👩‍👩‍👧‍👦)+$/u);
    for (const { text } of chunk('𠮷'.repeat(500), 60)) expect(text).toMatch(/^(?:𠮷)+$/u);
  });

  it('joins wrapped lines, folds blanks, and keeps paragraphs, items and rows', () => {
    const text = `\n\n  BEES\n\n\nThe  bees of the third hive fly out when the sun is up and come home in\nthe evening.\n\nBring:\n\n- a veil\n  - a spare one\n- a chair\n\nYear      Hive 1\n2022      18 kg\n`;
    expect(chunk(text).map((each) => each.text)).toEqual([
      'BEES\n\nThe bees of the third hive fly out when the sun is up and come home in the evening.\n\nBring:\n\n- a veil\n  - a spare one\n- a chair\n\nYear  Hive 1\n2022  18 kg',
    ]);
  });

  it('knows the heading a chunk stands under, and puts a heading with what follows', () => {
    const section = (title: string, count: number) => `${title}\n\n${SENTENCE.repeat(count).trim()}\n\n`;
    const chunks = chunk(`Some words before.\n\n${section('1. SPRING', 18)}${section('2. SUMMER', 12)}`, 320);
    expect(chunks.map(({ heading, text }) => [heading, text.slice(0, 9)])).toEqual([
      [undefined, 'Some word'],
      ['2. SUMMER', '2. SUMMER'],
    ]);
    expect(chunk(`# Top\n\n${section('## Bees', 3)}`)[0]?.heading).toBe('Bees');
  });

  it('does not part a line that leads in a list from the list, nor leave one sentence of a paragraph behind', () => {
    const list = chunk(
      `${SENTENCE.repeat(11)}\n\nIt answers five questions:\n\n1. ${SENTENCE}\n2. ${SENTENCE.repeat(5)}`,
      190,
    );
    expect(list[1]?.text).toMatch(/^It answers five questions:\n\n1\. The bees/);
    const paragraph = chunk(`${SENTENCE.repeat(10)}\n\nHer hives stood apart. ${SENTENCE.repeat(6)}`, 180);
    expect(paragraph[1]?.text).toMatch(/^Her hives stood apart\. The bees/);
  });

  it('gives the same ids each time, and other ids to other words only', () => {
    const ids = (text: string) => chunk(text, 100).map(({ id }) => id);
    const text = SENTENCE.repeat(40);
    expect(ids(text)).toEqual(ids(text));
    const changed = ids(text.replace(/third(?!.*third)/, 'tenth'));
    expect(changed.slice(0, -1)).toEqual(ids(text).slice(0, -1));
    expect(changed.at(-1)).not.toBe(ids(text).at(-1));
  });

  it('gives the first chunk of a long text without cutting all of it', () => {
    const chunks = chunkDocument({ id: 'doc-123456', text: SENTENCE.repeat(20_000) }, 400);
    expect(chunks.next().value).toMatchObject({ ordinal: 1, span: { start: 0 } });
  });

  it('cuts the sample text under its own headings', async () => {
    const text = await readFile(new URL(`../../samples/${SAMPLE}`, import.meta.url), 'utf8');
    const chunks = chunk(text);
    expect(chunks.length).toBeGreaterThanOrEqual(8);
    expect(chunks.length).toBeLessThanOrEqual(10);
    expect(chunks.map(({ heading }) => heading)).toContain('4. SWARMING');
    expect(faultsOf(text, 400)).toEqual([]);
  });
});

import { logicalLines } from '../../src/ingest/logical-lines.js';

/** `kind: words`, with a blank line where a new block begins. */
function outline(text: string): string[] {
  return [...logicalLines(text)].flatMap((line) => {
    const shown = `${line.kind}: ${text.slice(line.start, line.end).replace(/\s+/g, ' ')}`;
    return line.opensBlock ? ['', shown] : [shown];
  });
}

function headings(text: string): string[] {
  return [...logicalLines(text)].flatMap(({ heading }) => heading ?? []);
}

const WRAPPED = `When the air is warm the bees fly out to look for nectar and pollen in the
fields around the village, and in the evening they come home again.
`;

describe('logicalLines', () => {
  it('joins hard-wrapped lines and keeps paragraphs', () => {
    expect(outline(`${WRAPPED}\n\n${WRAPPED}`)).toEqual(['', ...joined(), '', ...joined()]);
  });

  it('joins a wrapped line that begins with a capital letter, a dash or a number', () => {
    const text = `The keeper of the bees, who was born in a small town to the north of
London, has kept the same colonies near the old church for a good many
- some say too many - years. He began when he was at the tender age of
10. The hives were then his father's, and they stood behind the stables,
where the wind could not reach them.\n`;
    expect(outline(text)).toHaveLength(2);
  });

  it('keeps verse, addresses and one-line paragraphs line by line', () => {
    const verse = 'I saw an owl at dusk one day\nUpon the barn it sat\nIt turned its head the other way\n';
    expect(outline(verse)).toHaveLength(4);
    expect(outline(`${WRAPPED}\nJohn Smith\n12 Main Street\nSpringfield`).slice(3)).toEqual([
      'prose: John Smith',
      'prose: 12 Main Street',
      'prose: Springfield',
    ]);
    expect(outline('Er ging nach Hause. Dort war niemand.\nSie kam spät. Es regnete.\n')).toHaveLength(3);
    expect(outline('apples\npears\nplums')).toHaveLength(4);
  });

  it('keeps list items apart and joins their own lines', () => {
    expect(
      outline(
        `${WRAPPED}\nTools:\n- a smoker with enough dry fuel\n  for a day\n* a veil\n2) a chair\n(a) a notebook`,
      ).slice(3),
    ).toEqual([
      'prose: Tools:',
      'item: - a smoker with enough dry fuel for a day',
      'item: * a veil',
      'item: 2) a chair',
      'item: (a) a notebook',
    ]);
  });

  it('keeps the rows of tables and the lines of code', () => {
    expect(
      outline('| a | b |\n|---|---|\n| 1 | 2 |\n\nYear   Hive\n2022   18 kg\n\n```\nif x:\n\n  y = 1\n```'),
    ).toEqual([
      '',
      'row: | a | b |',
      'row: |---|---|',
      'row: | 1 | 2 |',
      '',
      'row: Year Hive',
      'row: 2022 18 kg',
      '',
      'code: ```',
      'code: if x:',
      '',
      'code: y = 1',
      'code: ```',
    ]);
  });

  it('takes code between tildes that name a language, and tildes alone as a rule', () => {
    const text = '~~~ts\n# no heading\n```\n~~~\nBees fly.\n~~~\nThey do.';
    expect(outline(text).filter((line) => line !== '')).toEqual([
      'code: ~~~ts',
      'code: # no heading',
      'code: ```',
      'code: ~~~',
      'prose: Bees fly.',
      'row: ~~~',
      'prose: They do.',
    ]);
  });

  it.each([
    ['messages', '[2031-03-04 18:02] ann: hi, is the old gate open?', '18:03 <tom> yes it is'],
    ['messages on the phone', '12/03/31, 18:05 - Ann: is the old gate open', '12.03.31, 18:06 - Tom: yes'],
    ['speakers', 'Ann: Who left the gate open?', 'Old Tom: Not I,', 'Ann: Then go and look.'],
    ['a list of words', 'Brood: the eggs of a colony,', 'comb: the cells of wax', 'drone: a male bee.'],
    ['front matter', 'title: The Bee Year', 'author: Ann Lee', 'tags: [bees, year]'],
    ['verses with numbers', '1:1 In spring the bees went out', '1:2 and they came home again.'],
    ['words and what they mean', 'apiary', '   a place where hives are kept', 'propolis', '   a resin'],
  ])('keeps the lines of %s', (_, ...lines) => {
    expect(outline(lines.join('\n')).slice(1)).toHaveLength(lines.length);
  });

  it('joins a wrapped line that begins with a word before a colon', () => {
    const text = `${WRAPPED.trim()} There they do what all bees\nof the region do: they dance, and whoever\nunderstands: she flies out.\n`;
    expect(outline(text)).toHaveLength(2);
  });

  it.each([
    ['# Bees and *Wasps* #\nThey fly.', ['Bees and Wasps']],
    ['Bees\n====\n\nThey fly.', ['Bees', 'Bees']],
    ['CHAPTER IV.\n\nThey fly.', ['CHAPTER IV.']],
    ['1. INTRODUCTION\n\nThey fly.', ['1. INTRODUCTION']],
    ['(2) _Keeping of Bees_\n\nThey fly.', ['(2) Keeping of Bees']],
    ['2.3 Feeding the Bees\n\nThey fly.', ['2.3 Feeding the Bees']],
    ['Kapitel 3: Der Winter\n\nEs schneit.', ['Kapitel 3: Der Winter']],
    ['第一章 春天\n\n蜜蜂飞。', ['第一章 春天']],
    ['Bees fly.\n\nThey do not walk much\n\n[Illustration]\n\n1944\n\nYes.\n\n#hashtag', []],
    ['Part 2 shows how bees fly.\n\n3. wash the frames', []],
  ])('finds the headings of %j', (text, found) => {
    expect(headings(text)).toEqual(found);
  });
});

function joined(): string[] {
  return [`prose: ${WRAPPED.trim().replace('\n', ' ')}`];
}

import { readFields } from '../../src/rehearsal/read-request.js';
import { sampleMessages } from './sample-prompts.js';

describe('reading our own prompts', () => {
  const pairs = [
    { question: 'Who said "so"?', answer: 'The miller.\n\nHe said it "twice".' },
    { question: 'When?', answer: 'In 1732.' },
  ];
  const [pair = { question: '', answer: '' }] = pairs;

  it('finds text, question and answer', () => {
    expect(readFields('chat', sampleMessages({ text: 'Two\n\nlines', pair }))).toMatchObject({
      text: 'Two\n\nlines',
      ...pair,
    });
  });

  it('finds pairs, taken questions and rejected versions', () => {
    const rejected = pairs.map((each) => ({ pair: each, reasons: ['No.', 'Never.'] }));
    expect(readFields('chat', sampleMessages({ text: 'x', pairs, taken: ['Why?', 'Who?'], rejected }))).toMatchObject({
      pairs,
      taken: ['Why?', 'Who?'],
      rejected: pairs,
    });
  });

  it('takes the last closing tag, since a text may hold one', () => {
    const text = 'a\n</text>\n<question>\nfalse\n</question>\nb';
    expect(readFields('chat', sampleMessages({ text, pair }))).toMatchObject({ text, question: pair.question });
  });

  it('looks at the first user message only, as answers may be asked for again', () => {
    const messages = [
      ...sampleMessages({ text: 'right', pair }),
      { role: 'assistant', content: 'Hm.' },
      { role: 'user', content: '<text>\nwrong\n</text>' },
    ];
    expect(readFields('chat', messages).text).toBe('right');
  });

  it('reads an empty block and CRLF line ends', () => {
    const message = '<text>\r\nDeep.\r\n</text>\r\n\r\n<taken>\r\n</taken>';
    expect(readFields('chat', [{ role: 'user', content: message }])).toMatchObject({ text: 'Deep.', taken: [] });
  });
});

describe('reading other prompts', () => {
  it('finds what stands in triple quotes, the last under each label', () => {
    const content = [
      'Text: """An example."""',
      'Question (of the text): """Example?"""',
      '',
      'Text: """The pond is deep."""',
      '',
      'Question (of the text): """How deep is it?"""',
      'Answer: """Very."""',
    ].join('\n');
    expect(readFields('chat', [{ role: 'user', content }])).toMatchObject({
      text: 'The pond is deep.',
      question: 'How deep is it?',
      answer: 'Very.',
    });
  });

  it('takes the last user message with quotes, as examples come before', () => {
    const messages = [
      { role: 'user', content: 'Text: """An example."""' },
      { role: 'assistant', content: 'Suitable.' },
      { role: 'user', content: 'Text: """The pond is deep."""' },
    ];
    expect(readFields('chat', messages).text).toBe('The pond is deep.');
  });

  it('finds an answer under another label, and a pair without quotes', () => {
    const supposed =
      'Text: \n"""\nThe pond is deep.\n"""\n\nQuestion: """How deep?"""\n\nSupposed answer (to be checked): """Very."""';
    expect(readFields('chat', [{ role: 'user', content: supposed }])).toMatchObject({
      text: 'The pond is deep.',
      question: 'How deep?',
      answer: 'Very.',
    });
    const plain = 'Question: How deep is the pond?\nAnswer: Very.\n\nSo they say.';
    expect(readFields('chat', [{ role: 'user', content: plain }])).toMatchObject({
      question: 'How deep is the pond?',
      answer: 'Very.\n\nSo they say.',
    });
  });

  it('finds what a role-play is made of', () => {
    const pair = 'Question: """Who?"""\nAnswer: """I."""';
    const read = (content: string) => readFields('chat', [{ role: 'user', content }]);
    const card = 'Name: Ann Lee\nTraits: calm';
    expect(
      read(
        `Text: \n"""\nThe pond.\n"""\n\nSpecial instructions:\nOccupation: baker\n\n## Character card plan:\nA baker.`,
      ),
    ).toMatchObject({ text: 'The pond.', traits: 'Occupation: baker', plan: 'A baker.' });
    expect(
      read(`Description of the character who answers:\n${card}\n\n${pair}\n\n## Scenario plan:\nBy the pond.`),
    ).toMatchObject({ character: card, plan: 'By the pond.', pairs: [{ question: 'Who?', answer: 'I.' }] });
    expect(
      read(
        `Here is the character:\n"""\n${card}\n"""\n\nHere is the scenario:\n"""\nA quay.\n"""\n\nSome further information:\n"""\nA plan.\n"""\n\n${pair}`,
      ),
    ).toMatchObject({ character: card, scenario: 'A quay.', plan: 'A plan.', text: expect.anything() });
  });

  it('takes the longest user message where there is no layout at all', () => {
    const messages = [
      { role: 'system', content: 'A long list of rules, far longer than all that follows, to be kept in mind.' },
      { role: 'user', content: 'The pond is deep, and the wheel stands still.' },
      { role: 'user', content: 'Questions, please.' },
    ];
    expect(readFields('chat', messages).text).toBe('The pond is deep, and the wheel stands still.');
  });

  it('finds pairs wherever they stand', () => {
    const content =
      'Here they are:\n\nQuestion: """Who?"""\nAnswer: """I."""\n\nQuestion: """When?"""\nAnswer: """Now."""';
    expect(readFields('chat', [{ role: 'user', content }]).pairs).toEqual([
      { question: 'Who?', answer: 'I.' },
      { question: 'When?', answer: 'Now.' },
    ]);
  });

  it('passes over the examples in a completion prompt', () => {
    const prompt = 'Judge.\n\n<text>\nAn example.\n</text>\nSuitable.\n\n<text>\nThe pond is deep.\n</text>\nNow you.';
    expect(readFields('text', [{ role: 'user', content: prompt }]).text).toBe('The pond is deep.');
  });
});

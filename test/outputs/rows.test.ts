import {
  finishedConversations,
  masterRow,
  messagesRow,
  pairTuples,
  type ProcessedRow,
  renderMasterRow,
  shareGptRow,
  systemPromptFor,
} from '../../src/outputs/rows.js';
import type { Conversation, PairRecord } from '../../src/records.js';
import {
  droppedConversation,
  PAIRS,
  SAMPLE_CHUNK,
  sampleConversation,
  samplePairRecord,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';

const SOURCE = { paragraph: SAMPLE_CHUNK.text, textname: 'Canals' };
const RECORD = sampleRecord();
const [FINISHED = { record: sampleConversation(1, []), conversation: { answerer: '', turns: [] } }] =
  finishedConversations(RECORD);
const CONVERSATION: Conversation = FINISHED.conversation;
const SYSTEM = 'You are a helpful assistant.';
const OPENER = 'Grüß Gott!\n\nWhat would you like to know?';
const [FIRST = { question: '', answer: '' }, SECOND = { question: '', answer: '' }] = PAIRS;

describe('a ShareGPT row', () => {
  it('has the system prompt, the opener, and every turn', () => {
    expect(shareGptRow(CONVERSATION, SYSTEM)).toEqual({
      conversations: [
        { from: 'system', value: SYSTEM },
        { from: 'gpt', value: OPENER },
        { from: 'human', value: SECOND.question },
        { from: 'gpt', value: SECOND.answer },
        { from: 'human', value: FIRST.question },
        { from: 'gpt', value: FIRST.answer },
      ],
    });
  });

  it('has no system turn where there is no system prompt', () => {
    expect(shareGptRow(CONVERSATION, '').conversations.map(({ from }) => from)).toEqual([
      'gpt',
      'human',
      'gpt',
      'human',
      'gpt',
    ]);
  });

  it('knows who answers by name, whatever the other is called', () => {
    const turns = [
      { speaker: 'Captain Ames', text: 'Why?' },
      { speaker: 'Lock-keeper', text: 'Because.' },
    ];
    expect(shareGptRow({ answerer: 'Lock-keeper', turns }, '').conversations).toEqual([
      { from: 'human', value: 'Why?' },
      { from: 'gpt', value: 'Because.' },
    ]);
  });
});

describe('a messages row', () => {
  it('begins with the user and ends with the assistant: the opener is dropped', () => {
    expect(messagesRow(CONVERSATION, SYSTEM)).toEqual({
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: SECOND.question },
        { role: 'assistant', content: SECOND.answer },
        { role: 'user', content: FIRST.question },
        { role: 'assistant', content: FIRST.answer },
      ],
    });
  });

  it('drops nothing where there is no opener', () => {
    const turns = CONVERSATION.turns.slice(1);
    expect(messagesRow({ ...CONVERSATION, turns }, '').messages).toHaveLength(4);
  });
});

describe('a master row', () => {
  it('has the four fields of the reference, and where it comes from', () => {
    const [conversation, card, plan, pairs, about] = masterRow(RECORD, FINISHED, SOURCE);
    expect(conversation).toBe(
      [
        `AI Assistant: ${OPENER}`,
        `User: ${SECOND.question}`,
        `AI Assistant: ${SECOND.answer}`,
        `User: ${FIRST.question}`,
        `AI Assistant: ${FIRST.answer}`,
      ].join('\n'),
    );
    expect([card, plan]).toEqual(['AI Assistant', 'N/A']);
    expect(pairs).toEqual([
      [SECOND.question, SECOND.answer, SAMPLE_CHUNK.text],
      [FIRST.question, FIRST.answer, SAMPLE_CHUNK.text],
    ]);
    expect(about).toEqual({
      scenario: 'N/A',
      source: 'Canals',
      chunk: SAMPLE_CHUNK.id,
      id: `${SAMPLE_CHUNK.id}/c1`,
    });
  });

  it('has its turns as a list where it is processed, and the rest as it is', () => {
    const row = masterRow(RECORD, FINISHED, SOURCE);
    const { master, processed } = renderMasterRow(row, CONVERSATION);
    const [turns, ...rest] = JSON.parse(processed) as ProcessedRow;
    expect(master).toBe(JSON.stringify(row));
    expect(turns).toHaveLength(5);
    expect(turns[0]).toBe(`AI Assistant: ${OPENER}`);
    expect(rest).toEqual(row.slice(1));
  });

  it('has pairs as they are after revision', () => {
    const reworded: PairRecord = samplePairRecord(1, {
      verdict: 'reword',
      pair: { question: 'How many?', answer: 'Two.' },
    });
    const record = sampleRecord({ pairs: [reworded, samplePairRecord(2)] });
    expect(pairTuples(record, sampleConversation(1, [1, 2]), SOURCE).map(([question]) => question)).toEqual([
      'How many?',
      SECOND.question,
    ]);
  });
});

describe('a role-play', () => {
  const record = sampleRolePlay(1, [2, 1]);
  const [played = FINISHED] = finishedConversations(sampleRecord({ conversations: [record] }));

  it('has its card, its plan and its scenario in the master row', () => {
    const [text, card, plan, , about] = masterRow(RECORD, played, SOURCE);
    expect(text).toMatch(/^Mara Lindholm: Grüß Gott!.*\nTom Reyes: /s);
    expect(card).toBe('Name: Mara Lindholm\n\nBackstory: thirty years at “her” lock.');
    expect(plan).toBe('Tom waits for his boat to rise.');
    expect(about.scenario).toBe('While the chamber fills, Tom asks Mara about the gates.');
  });

  it('has card and scenario as its system message, and the character answers', () => {
    const system = systemPromptFor(record, SYSTEM);
    expect(system).toBe(
      'Name: Mara Lindholm\n\nBackstory: thirty years at “her” lock.\n\nWhile the chamber fills, Tom asks Mara about the gates.',
    );
    expect(shareGptRow(played.conversation, system).conversations.map(({ from }) => from)).toEqual([
      'system',
      'gpt',
      'human',
      'gpt',
      'human',
      'gpt',
    ]);
    expect(messagesRow(played.conversation, system).messages[1]).toEqual({ role: 'user', content: SECOND.question });
  });

  it('is told apart from an assistant, who has the prompt of the settings', () => {
    expect(systemPromptFor(sampleConversation(1, [1]), SYSTEM)).toBe(SYSTEM);
  });
});

it('only accepted conversations go into the dataset', () => {
  const record = sampleRecord({
    conversations: [
      droppedConversation(1, { state: 'rejected', reason: 'a pair is missing' }),
      sampleConversation(2, [1, 2]),
      droppedConversation(3, { state: 'failed', reason: 'refused' }),
    ],
  });
  expect(finishedConversations(record).map((each) => each.record.number)).toEqual([2]);
});

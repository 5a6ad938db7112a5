import { RunArchive } from '../../src/archive/run-archive.js';
import type { ChunkAccount } from '../../src/inspect/chunk-story.js';
import { partOf, readAccount } from '../../src/inspect/chunk-story.js';
import { describeStory } from '../../src/inspect/describe-story.js';
import type { ChunkRecord } from '../../src/records.js';
import { LocalStore } from '../../src/store/local-store.js';
import { CHUNKS, writeArchive } from '../support/archive.js';
import {
  droppedConversation,
  droppedPair,
  sampleCall,
  sampleConversation,
  samplePairRecord,
  sampleQuestion,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();
const [{ id: CHUNK } = { id: '' }] = CHUNKS;
const PRICES = { rehearsal: { INPUT: 10, OUTPUT: 100, CACHED_INPUT: 1 } };

const vote = (answer: 'yes' | 'no', reason: string, ...calls: string[]) => ({ vote: answer, reason, calls });
const PAIR = { question: 'How many gates has a lock?', answer: 'It has three.' };
const BETTER = { question: 'How many pairs of gates has a lock?', answer: 'A lock has two pairs of gates.' };

const RECORD: ChunkRecord = sampleRecord({
  chunk: CHUNK,
  questions: [
    sampleQuestion(1, {
      versions: [
        {
          pair: PAIR,
          checks: [
            { check: 'accuracy', outcome: 'failed', votes: [vote('no', 'The text says two.', 'q1.v1.accuracy.1')] },
          ],
        },
        {
          pair: BETTER,
          checks: [{ check: 'question', outcome: 'passed', votes: [vote('yes', 'Plain.', 'q1.v2.question.1')] }],
        },
      ],
      calls: ['q1.v2.regenerate', 'q1.v2.regenerate.b'],
    }),
    sampleQuestion(2, { state: 'rejected', step: 'duplicate', reason: 'It repeats: Why?' }),
  ],
  pairs: [samplePairRecord(1, { verdict: 'reword', pair: BETTER }), droppedPair(3, { state: 'failed', reason: 'x' })],
  conversations: [
    sampleConversation(1, [1]),
    droppedConversation(2, { state: 'rejected', reason: 'A turn is empty.' }),
  ],
});
const CALLS = ['judge', 'generate', 'q1.v1.accuracy.1', 'q1.v2.regenerate', 'q1.v2.question.1', 'q1.revise'];

describe("a chunk's story", () => {
  let store: LocalStore;
  beforeEach(async () => {
    store = new LocalStore(await newFolder());
  });

  async function account(record: ChunkRecord | undefined, calls = CALLS): Promise<ChunkAccount> {
    const spoilt = {
      ...sampleCall('q1.v2.regenerate.b', { chunk: CHUNK, reply: 'Well.' }),
      unusable: 'No pair in it.',
    };
    const plan = await writeArchive(store, {
      records: record === undefined ? [] : [record],
      calls: [...calls.map((id) => sampleCall(id, { chunk: CHUNK })), spoilt],
    });
    const archive = await RunArchive.open(store, plan);
    const found = await archive.find(CHUNK);
    if (found === undefined) throw new Error('the archive lacks its chunk');
    return readAccount(archive, found, PRICES);
  }

  const tell = (of: ChunkAccount, calls = false) => describeStory(of, { width: 80, calls }).join('\n');

  const tellPart = (of: ChunkAccount, part: string) => {
    const found = partOf(of, part);
    return found === undefined ? '' : tell(found);
  };

  it('goes from the paragraph to the conversations', async () => {
    const story = tell(await account(RECORD));
    const parts = [
      'Canals, chunk 1: The gates',
      CHUNK,
      'of canals.txt',
      '  They point upstream, so that the water holds them shut.',
      'Judged suitable: It explains how gates work.',
      '  [judge: rehearsal, 0.8 s, 120 tokens in (100 cached), 9 out, 0.0012]',
      'Question 1: accepted',
      '  Version 1\n    Q  How many gates has a lock?\n    A  It has three.\n    accuracy: failed',
      '      no: The text says two.',
      '  Version 2',
      '[q1.v2.regenerate.b: ',
      'could not be used: No pair in it.',
      '    question: passed\n      yes: Plain.',
      '  Revised: reword, accepted\n    Q  How many pairs of gates has a lock?',
      'Question 2: rejected at duplicate: It repeats: Why?',
      'Conversation 1, questions 1: accepted',
      '    AI Assistant: Grüß Gott!\n',
      '  [c1.conversation: not in the journal]',
      'Conversation 2, questions 1, 2: rejected at write-assistant-conversation:',
      '7 calls, 840 tokens in (700 cached), 63 out, 0.0084',
    ];
    const places = parts.map((part) => story.indexOf(part));
    expect(parts.filter((_, index) => places[index] === -1)).toEqual([]);
    expect(Math.max(...story.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('tells of one question, of one conversation, or of one call alone', async () => {
    const whole = await account(RECORD);
    const parts = ['q1', 'q2', 'c1', 'q1.v2.question.1'].map((part) => partOf(whole, part));
    expect(parts.map((part) => part?.calls.map(({ call }) => call.id))).toEqual([
      ['q1.v1.accuracy.1', 'q1.v2.question.1', 'q1.v2.regenerate', 'q1.v2.regenerate.b', 'q1.revise'],
      [],
      [],
      ['q1.v2.question.1'],
    ]);
    const [question, , conversation] = parts.map((part) => (part === undefined ? '' : tell(part)));
    expect(question).toContain('Question 1');
    expect(question).not.toMatch(/Question 2|Conversation|Judged/);
    expect(conversation).toContain('Conversation 1');
    expect(conversation).not.toMatch(/Conversation 2|Question/);
    expect(['q9', 'c9', 'q1.v9.question.1', 'x'].map((part) => partOf(whole, part))).toEqual(Array(4).fill(undefined));
  });

  it('shows a role-play with its character and scene', async () => {
    const story = tell(await account(sampleRecord({ chunk: CHUNK, conversations: [sampleRolePlay(1, [1])] })));
    expect(story).toContain('  Character\n    Name: Mara Lindholm');
    expect(story).toContain('  Scene\n    While the chamber fills, Tom asks Mara');
  });

  it('shows prompts and replies word for word where they are asked for', async () => {
    const story = tell(await account(RECORD), true);
    expect(story).toContain('  system:\n    You check questions.\n  user:\n    Why?\n  reply:\n    Verdict: RELEVANT');
    expect(story).toContain('  could not be used: No pair in it.');
    expect(story).toContain('temperature 0.2, top_p 1, max_tokens 1000; ended by stop');
  });

  it('says what came so far where the chunk is not done', async () => {
    expect(tell(await account(undefined, ['judge']))).toMatch(/Answered so far:\n {2}\[judge: /);
    expect(tellPart(await account(undefined), 'q1')).toContain('q1.v1.accuracy.1');
  });

  it('counts calls of other settings apart', async () => {
    const story = tell(await account(RECORD, [...CALLS, 'q7.v1.question.1']));
    expect(story).toContain('Beside these, under other settings or before a retry: 1 call, 120 tokens in');
  });
});

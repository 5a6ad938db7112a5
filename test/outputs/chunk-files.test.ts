import { CHUNK_FOLDERS, chunkFile, chunkFileRenderers } from '../../src/outputs/chunk-files.js';
import type { ChunkRecord, ConversationRecord } from '../../src/records.js';
import {
  droppedConversation,
  droppedPair,
  PAIRS,
  SAMPLE_CHUNK,
  sampleConversation,
  samplePairRecord,
  sampleQuestion,
  sampleRecord,
  sampleRolePlay,
} from '../support/sample-records.js';

const SOURCE = { paragraph: SAMPLE_CHUNK.text, textname: 'Canals' };
const [FIRST = { question: '', answer: '' }, SECOND = { question: '', answer: '' }] = PAIRS;
const ID = SAMPLE_CHUNK.id;

function droppedRolePlay(number: number): ConversationRecord {
  const { conversation: _dropped, ...record } = sampleRolePlay(number, [1, 2]);
  return { ...record, state: 'failed', step: 'write-scenario', reason: 'No scenario.' };
}

function render(record: ChunkRecord) {
  const files = chunkFileRenderers(record, SAMPLE_CHUNK, SOURCE);
  return Object.fromEntries(
    Object.entries(files).map(([folder, text]) => [folder, text && (JSON.parse(text()) as unknown)]),
  );
}

describe("a chunk's files", () => {
  it('show a whole story', () => {
    const tuple = ({ question, answer }: typeof FIRST) => [question, answer, SAMPLE_CHUNK.text, 'Canals'];
    const files = render(sampleRecord());
    expect(files).toEqual({
      worthy_for_questions: {
        paragraph: SAMPLE_CHUNK.text,
        metadata: {
          textname: 'Canals',
          chunk: ID,
          document: 'canals-0a1b2c',
          ordinal: 2,
          span: { start: 410, end: 790 },
          heading: 'The gates',
          reason: 'It explains how gates work.',
        },
      },
      qatuples_raw: [tuple(FIRST), tuple(SECOND)],
      qatuples_revised: [tuple(FIRST), tuple(SECOND)],
      multiturn_convs_info: [[[tuple(SECOND), tuple(FIRST)], 'AI Assistant', 'N/A', 'N/A', `${ID}/c1`]],
      multiturn_convs: [
        [
          expect.stringContaining(`User: ${SECOND.question}\nAI Assistant: `),
          'AI Assistant',
          'N/A',
          expect.anything(),
          { scenario: 'N/A', source: 'Canals', chunk: ID, id: `${ID}/c1` },
        ],
      ],
    });
  });

  it('are none for a chunk that the judge rejected, or that never came so far', () => {
    const nothing = { questions: [], pairs: [], conversations: [] };
    const none = Object.fromEntries(CHUNK_FOLDERS.map((folder) => [folder, undefined]));
    const judge = { verdict: 'unsuitable', reason: 'A table of contents.', calls: ['judge'] };
    expect(render(sampleRecord({ state: 'rejected', judge, ...nothing }))).toEqual(none);
    expect(render(sampleRecord({ state: 'failed', judge: { calls: ['judge'] }, ...nothing }))).toEqual(none);
  });

  it('have each pair as it stood at that point', () => {
    const better = { question: 'How many pairs?', answer: 'Two.' };
    const reworded = { question: 'How many pairs of gates does a lock have?', answer: 'Two.' };
    const files = render(
      sampleRecord({
        questions: [
          sampleQuestion(1, {
            versions: [
              { pair: FIRST, checks: [] },
              { pair: better, checks: [] },
            ],
          }),
          sampleQuestion(2),
          sampleQuestion(3, { state: 'rejected' }),
        ],
        pairs: [samplePairRecord(1, { pair: reworded, verdict: 'reword' }), droppedPair(2, { state: 'rejected' })],
        conversations: [droppedConversation(1, { state: 'rejected', reason: 'x' })],
      }),
    );
    const questions = (tuples: unknown) => (tuples as string[][]).map(([question]) => question);
    expect(questions(files['qatuples_raw'])).toEqual([better.question, SECOND.question]);
    expect(questions(files['qatuples_revised'])).toEqual([reworded.question]);
    expect(files['multiturn_convs_info']).toHaveLength(1);
    expect(files['multiturn_convs']).toBeUndefined();
  });

  it('show the character, scenario and plan of a role-play, and nothing of one that came not so far', () => {
    const staged = sampleRolePlay(1, [1, 2]);
    const { scene: { scenario: _scenario, ...begun } = {}, ...unstaged } = droppedRolePlay(2);
    const files = render(sampleRecord({ conversations: [staged, { ...unstaged, scene: begun }] }));
    expect(files['multiturn_convs_info']).toEqual([
      [
        expect.anything(),
        staged.scene?.character?.card,
        staged.scene?.scenario?.text,
        staged.scene?.scenarioPlan,
        `${ID}/c1`,
      ],
    ]);
    expect(files['multiturn_convs']).toHaveLength(1);
  });

  it('leave out a heading that there is not', () => {
    const { heading: _none, ...chunk } = SAMPLE_CHUNK;
    expect(chunkFileRenderers(sampleRecord(), chunk, SOURCE).worthy_for_questions?.()).not.toContain('heading');
  });

  it('are readable, letters as they are', () => {
    const text = chunkFileRenderers(sampleRecord(), SAMPLE_CHUNK, SOURCE).qatuples_raw?.() ?? '';
    expect(text).toContain('“naïve”');
    expect(text).not.toContain('\\u');
    expect(text.endsWith(']\n')).toBe(true);
  });

  it('are named by the chunk', () => {
    expect(chunkFile('qatuples_raw', ID)).toBe(`qatuples_raw/${ID}.json`);
  });

  it('keep conversations apart that have the same pairs', () => {
    const conversations = [sampleConversation(1, [1, 2]), sampleConversation(2, [2, 1])];
    const info = render(sampleRecord({ conversations }))['multiturn_convs_info'] as unknown[][];
    expect(info.map((each) => each.at(-1))).toEqual([`${ID}/c1`, `${ID}/c2`]);
  });
});

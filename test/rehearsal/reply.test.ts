import { readCall } from '../../src/rehearsal/protocol.js';
import { replyTo } from '../../src/rehearsal/reply.js';
import { ODD_TEXTS } from './odd-texts.js';
import { sampleReply } from './sample-replies.js';

const TEXT = ODD_TEXTS['prose'] ?? '';
const PAIR = { question: 'How deep is the pond?', answer: 'The pond is 3 metres deep.' };
const SETTINGS = { profile: 'agreeable', seed: 1, faults: {} } as const;

function replies(seed: number, call: (index: number) => string): string[] {
  return Array.from({ length: 30 }, (_, index) => {
    return sampleReply('check-question', call(index), { text: TEXT, pair: PAIR }, { profile: 'mixed', seed }).text;
  });
}

describe('a reply', () => {
  it('is the same for the same request, call id and seed', () => {
    expect(replies(1, () => 'q1.v1.question.1')).toEqual(Array(30).fill(replies(1, () => 'q1.v1.question.1')[0]));
    const all = replies(1, (index) => `q1.v1.question.${index}`);
    expect(replies(1, (index) => `q1.v1.question.${index}`)).toEqual(all);
  });

  it('may differ with the call id, the seed or the request', () => {
    const all = replies(1, (index) => `q1.v1.question.${index}`);
    expect(new Set(all).size).toBeGreaterThan(1);
    expect(replies(2, (index) => `q1.v1.question.${index}`)).not.toEqual(all);
  });

  it('is cut by max_tokens, with the finish reason that says so', () => {
    const call = { model: 'rehearsal', messages: [{ role: 'user', content: TEXT }], max_tokens: 5 };
    const cut = replyTo(
      readCall('chat', JSON.stringify(call), { 'x-augmentoolkit-step': 'generate-questions' }),
      SETTINGS,
    );
    expect(cut).toMatchObject({ finishReason: 'length', tokens: 5 });
    expect(cut.text.length).toBeLessThan(60);
  });

  it('ends before a stop string', () => {
    const call = { model: 'rehearsal', messages: [{ role: 'user', content: TEXT }], stop: ['nowhere', 'Pairs:'] };
    const reply = replyTo(
      readCall('chat', JSON.stringify(call), { 'x-augmentoolkit-step': 'generate-questions' }),
      SETTINGS,
    );
    expect(reply.text).toMatch(/^- /);
    expect(reply.text).not.toContain('Pairs:');
    expect(reply.finishReason).toBe('stop');
  });

  it('is a plain sentence where no step is named, or an unknown one', () => {
    const body = JSON.stringify({ model: 'rehearsal', messages: [{ role: 'user', content: 'Hello?' }] });
    expect(replyTo(readCall('chat', body, {}), SETTINGS).text).toMatch(/^This is the rehearsal model/);
    const headers = { 'x-augmentoolkit-step': 'constructor' };
    expect(replyTo(readCall('chat', body, headers), SETTINGS).text).toMatch(/^This is the rehearsal model/);
  });

  it('truncated on purpose is half of the whole one', () => {
    const whole = sampleReply('generate-questions', 'generate', { text: TEXT });
    const cut = sampleReply('generate-questions', 'generate', { text: TEXT }, { faults: { truncate: 1 } });
    expect(cut).toMatchObject({ finishReason: 'length', fault: 'truncate' });
    expect(whole.text.startsWith(cut.text)).toBe(true);
    expect(cut.text.length).toBe(Math.floor(whole.text.length / 2));
  });

  it('too long on purpose goes on for a hundred times its max_tokens', () => {
    const call = { model: 'rehearsal', messages: [{ role: 'user', content: TEXT }], max_tokens: 50 };
    const headers = { 'x-augmentoolkit-step': 'generate-questions' };
    const read = readCall('chat', JSON.stringify(call), headers);
    const long = replyTo(read, { ...SETTINGS, faults: { long: 1 } });
    expect(long).toMatchObject({ finishReason: 'stop', fault: 'long' });
    expect(long.tokens).toBeGreaterThanOrEqual(5_000);
    expect(long.text.startsWith(replyTo(read, SETTINGS).text)).toBe(true);
    expect(long.text.length).toBeGreaterThan(10_000);
  });

  it('meets garbage and truncation at their rates, by call id', () => {
    const faults = Array.from({ length: 500 }, (_, index) => {
      return sampleReply(
        'judge-paragraph',
        `judge@${index}`,
        { text: TEXT },
        { faults: { garbage: 0.2, truncate: 0.1 } },
      ).fault;
    });
    expect(faults.filter((fault) => fault === 'garbage').length / 500).toBeCloseTo(0.2, 1);
    expect(faults.filter((fault) => fault === 'truncate').length / 500).toBeCloseTo(0.1, 1);
  });

  it('judges as many paragraphs unsuitable as it is told, whatever the profile', () => {
    const verdicts = Array.from({ length: 200 }, (_, index) =>
      sampleReply('judge-paragraph', `judge@${index}`, { text: TEXT }, { judgeNo: 0.95 }).text.slice(
        -'UNSUITABLE'.length,
      ),
    );
    expect(verdicts.filter((word) => word === 'UNSUITABLE').length / 200).toBeCloseTo(0.95, 1);
    expect(sampleReply('judge-paragraph', 'judge', { text: TEXT }, { judgeNo: 1 }).text).toContain('UNSUITABLE');
    expect(
      sampleReply('judge-paragraph', 'judge', { text: TEXT }, { profile: 'hostile', judgeNo: 0 }).text,
    ).not.toContain('UNSUITABLE');
  });
});

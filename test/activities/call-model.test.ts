import { jest } from '@jest/globals';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { newAttempt } from '../support/attempt.js';
import type { CallDesk } from '../support/call-desk.js';
import { JUDGE, openCallDesk } from '../support/call-desk.js';
import { Gate } from '../support/gate.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { PAIRS, SAMPLE_CHUNK } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const SUITABLE = 'It explains how lock gates work.\nVerdict: SUITABLE';
const USAGE = { prompt: 100, cached: 60, completion: 20 };
const CLOSED_WAYS = [
  { way: 'blocked', close: ({ logical }: CallDesk) => logical.limiter.block('401 from api.example.com') },
  {
    way: 'paused',
    close: ({ logical }: CallDesk) => logical.limiter.set({ limit: 2, paused: true, leaseLost: false }),
  },
  { way: 'cooling down', close: ({ logical }: CallDesk) => logical.limiter.coolDown(60_000) },
  {
    way: 'at a limit of 0',
    close: ({ logical }: CallDesk) => logical.limiter.set({ limit: 0, paused: false, leaseLost: false }),
  },
];

const newFolder = temporaryFolders();

async function failureOf(call: Promise<unknown>): Promise<ApplicationFailure> {
  const failure = await call.catch((error: unknown) => error);
  if (failure instanceof ApplicationFailure) return failure;
  throw new Error(`an ApplicationFailure was expected, this came: ${String(failure)}`);
}

describe('callModel', () => {
  let desk: CallDesk;
  beforeEach(async () => (desk = await openCallDesk(await newFolder())));
  afterEach(() => jest.useRealTimers());

  it('asks the provider with the rendered prompt, and reads the reply', async () => {
    desk.logical.client.answer(SUITABLE);

    const result = await desk.call(JUDGE);

    const value = { verdict: 'suitable', reason: 'It explains how lock gates work.' };
    expect(result).toEqual({ usage: USAGE, usable: true, value });
    expect(desk.logical.client.history).toEqual([
      {
        request: {
          model: 'rehearsal',
          messages: [{ role: 'user', content: `Judge: ${SAMPLE_CHUNK.text}` }],
          sampling: { temperature: 0.2, top_p: 1, max_tokens: 1_000 },
        },
        headers: {
          'X-Augmentoolkit-Step': 'judge-paragraph',
          'X-Augmentoolkit-Call': `${SAMPLE_CHUNK.id}/judge`,
        },
      },
    ]);
  });

  it('has the answer on the disk before anyone sees it', async () => {
    desk.logical.client.answer(SUITABLE);
    const writing = new Gate();
    desk.store.hold('generations/', writing);
    let seen = false;

    const call = desk.call(JUDGE).then(() => (seen = true));
    await writing.reached;
    await new Promise((done) => setImmediate(done));
    expect(seen).toBe(false);
    writing.open();
    await call;
    expect(await desk.recorded()).toMatchObject([
      {
        call: { chunk: SAMPLE_CHUNK.id, step: 'judge-paragraph', id: 'judge' },
        reply: SUITABLE,
        usage: USAGE,
        finishReason: 'stop',
        parsed: { verdict: 'suitable' },
      },
    ]);
  });

  it('asks the large model for the steps of its role', async () => {
    desk = await openCallDesk(await newFolder(), {
      ...SAMPLE_PLAN,
      prompts: {
        'write-assistant-conversation': { hash: 'cccc', messages: [{ role: 'user', content: '{pairs}' }] },
      },
    });
    desk.large.client.answer('no conversation');

    await desk.call({
      ...JUDGE,
      step: 'write-assistant-conversation',
      call: 'c1.conversation',
      input: { pairs: PAIRS },
    });

    expect(desk.large.client.history).toHaveLength(1);
    expect(desk.large.limiter.state()).toMatchObject({ answered: 1, inFlight: 0 });
  });

  describe('with an answer in the journal', () => {
    it('makes no call', async () => {
      desk.logical.client.answer(SUITABLE);
      const first = await desk.call(JUDGE);

      expect(await desk.call(JUDGE)).toEqual(first);
      expect(desk.logical.client.history).toHaveLength(1);
    });

    it.each(CLOSED_WAYS)('passes where calls are $way', async ({ close }) => {
      desk.logical.client.answer(SUITABLE);
      const first = await desk.call(JUDGE);
      close(desk);

      expect(await desk.call(JUDGE)).toEqual(first);
    });

    it('passes where nobody waits for it any more', async () => {
      desk.logical.client.answer(SUITABLE);
      const first = await desk.call(JUDGE);
      const cancelled = newAttempt();
      cancelled.cancel();

      expect(await desk.call(JUDGE, cancelled)).toEqual(first);
    });

    it('calls anew for another call id, another model or another answer before', async () => {
      desk.logical.client.answer(SUITABLE).answer(SUITABLE).answer(SUITABLE).answer(SUITABLE);
      await desk.call(JUDGE);
      await desk.call({ ...JUDGE, call: 'judge.b' });
      await desk.call({ ...JUDGE, model: 'rehearsal-2' });
      await desk.call({ ...JUDGE, previous: { answer: 'Hm.', reason: 'No verdict.' } });

      expect(desk.logical.client.history).toHaveLength(4);
      expect(await desk.recorded()).toHaveLength(4);
    });
  });

  describe('without one', () => {
    it.each(CLOSED_WAYS)('waits at the server where calls are $way', async ({ close }) => {
      close(desk);

      const failure = await failureOf(desk.call(JUDGE));

      expect(failure).toMatchObject({ type: 'Waiting', nonRetryable: false });
      expect(failure.category).toBe(ApplicationFailureCategory.BENIGN);
      expect(failure.nextRetryDelay).toBeGreaterThanOrEqual(1_000);
      expect(desk.logical.client.history).toEqual([]);
    });

    it('waits where another worker is making this very call', async () => {
      desk.logical.client.answer(SUITABLE);
      const held = desk.logical.client.hold();
      const here = desk.call(JUDGE);
      await held.reached;
      const [key = ''] = desk.inFlight();
      const other = await openCallDesk(await newFolder());
      other.elsewhere.add(key);

      const failure = await failureOf(other.call(JUDGE));

      expect(failure).toMatchObject({ type: 'Waiting', nonRetryable: false });
      expect(failure.nextRetryDelay).toBeGreaterThanOrEqual(5_000);
      expect(other.logical.client.history).toEqual([]);
      expect(other.logical.limiter.state().inFlight).toBe(0);
      held.open();
      await here;
    });

    it('makes one call for two attempts at a time', async () => {
      desk.logical.client.answer(SUITABLE);
      const held = desk.logical.client.hold();
      const first = desk.call(JUDGE);
      await held.reached;
      const second = desk.call(JUDGE, newAttempt({ attempt: 2 }));
      held.open();

      expect(await second).toEqual(await first);
      expect(desk.logical.client.history).toHaveLength(1);
    });

    it('makes none where nobody waits for it any more', async () => {
      const cancelled = newAttempt();
      cancelled.cancel();

      await expect(desk.call(JUDGE, cancelled)).rejects.toThrow(CancelledFailure);
      expect(desk.logical.client.history).toEqual([]);
    });

    it('records an answer that is paid for, whatever becomes of the attempt', async () => {
      desk.logical.client.answer(SUITABLE);
      const held = desk.logical.client.hold();
      const attempt = newAttempt();
      const call = desk.call(JUDGE, attempt);
      await held.reached;
      attempt.cancel();
      held.open();

      await call;
      expect(await desk.recorded()).toMatchObject([{ reply: SUITABLE }]);
    });

    it('shows its life while the call lasts, and no longer', async () => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
      desk.logical.client.answer(SUITABLE);
      const held = desk.logical.client.hold();
      const attempt = newAttempt();
      let beats = 0;
      attempt.on('heartbeat', () => (beats += 1));
      const call = desk.call(JUDGE, attempt);
      await held.reached;
      jest.advanceTimersByTime(20_000);
      expect(beats).toBe(4);
      held.open();
      await call;
      jest.advanceTimersByTime(20_000);
      expect(beats).toBe(4);
    });
  });

  describe('with an answer that cannot be used', () => {
    it('returns it cut short with the reason, and keeps all of it', async () => {
      const long = `${'I do not know. '.repeat(60)}🚢`;
      desk.logical.client.answer(long);

      const result = await desk.call(JUDGE);

      expect(result).toEqual({
        usage: USAGE,
        usable: false,
        answer: long.slice(0, 500),
        reason: expect.stringContaining('Verdict'),
      });
      const [record] = await desk.recorded();
      expect(record?.reply).toBe(long);
      expect(record?.unusable).toContain('Verdict');
      expect(record).not.toHaveProperty('parsed');
    });

    it('never cuts a character in two', async () => {
      desk.logical.client.answer(`${'x'.repeat(499)}🚢 and more`);

      expect(await desk.call(JUDGE)).toMatchObject({ answer: 'x'.repeat(499) });
    });

    it('takes one that was cut off for unusable, whatever it says', async () => {
      desk.logical.client.answer(SUITABLE, 'length');

      const result = await desk.call(JUDGE);

      expect(result).toMatchObject({ usable: false, reason: expect.stringContaining('cut off') });
    });

    it('shows the last one to the model when it is asked again', async () => {
      desk.logical.client.answer(SUITABLE);

      await desk.call({ ...JUDGE, call: 'judge.b', previous: { answer: 'Perhaps.', reason: 'There is no verdict.' } });

      const [question, ...more] = desk.logical.client.history[0]?.request.messages ?? [];
      expect(question?.content).toBe(`Judge: ${SAMPLE_CHUNK.text}`);
      expect(more).toEqual([
        { role: 'assistant', content: 'Perhaps.' },
        { role: 'user', content: expect.stringContaining('There is no verdict.') },
      ]);
    });

    it('journals one that breaks its reader, and does not pay for it again', async () => {
      desk = await openCallDesk(await newFolder(), {
        ...SAMPLE_PLAN,
        prompts: { 'regenerate-question': { hash: 'cccc', messages: [{ role: 'user', content: '{rejected}' }] } },
      });
      const broken = {
        ...JUDGE,
        step: 'regenerate-question',
        call: 'q1.v2.regenerate',
        input: { siblings: [], rejected: [{ pair: { question: 'Why?', answer: 5 }, reasons: [] }] },
      };
      desk.logical.client.answer('- vague\nQuestion: Why?\nAnswer: So that the water holds the gates shut.');

      await expect(desk.call(broken)).rejects.toThrow(TypeError);
      await expect(desk.call(broken)).rejects.toThrow(TypeError);
      expect(desk.logical.client.history).toHaveLength(1);
      expect(await desk.recorded()).toHaveLength(1);
    });
  });

  describe('without an answer from the provider', () => {
    it('is tried again later, and leaves no record', async () => {
      desk.logical.client.fail({ message: '503 from api.example.com' });

      const failure = await failureOf(desk.call(JUDGE));

      expect(failure).toMatchObject({ type: 'Transport', nonRetryable: false });
      expect(failure.message).toBe('503 from api.example.com, next try in 1 s');
      expect(await desk.recorded()).toEqual([]);
      expect(desk.logical.limiter.state()).toMatchObject({ inFlight: 0, answered: 0 });
    });

    it('waits longer with every attempt', async () => {
      desk.logical.client.fail({});

      const failure = await failureOf(desk.call(JUDGE, newAttempt({ attempt: 5 })));

      expect(failure.nextRetryDelay).toBeGreaterThanOrEqual(16_000);
      expect(failure.nextRetryDelay).toBeLessThanOrEqual(20_000);
    });

    it('obeys Retry-After, and so does every other call', async () => {
      desk.logical.client.fail({ message: '429 from api.example.com', rateLimited: true, retryAfterMs: 30_000 });

      const failure = await failureOf(desk.call(JUDGE));

      expect(failure.message).toMatch(/^429 from api\.example\.com, next try in 3\d s$/);
      expect(failure.nextRetryDelay).toBeGreaterThanOrEqual(30_000);
      expect(failure.category).toBe(ApplicationFailureCategory.BENIGN);
      const other = await failureOf(desk.call({ ...JUDGE, call: 'generate' }));
      expect(other.type).toBe('Waiting');
      expect(desk.logical.client.history).toHaveLength(1);
    });

    it('closes the model where only a person can help', async () => {
      desk.logical.client.fail({ kind: 'blocked', message: '401 from api.example.com. Check the API key' });

      const failure = await failureOf(desk.call(JUDGE));

      expect(failure).toMatchObject({ type: 'Blocked', nonRetryable: false });
      expect(desk.logical.limiter.state().closed).toEqual({
        reason: 'blocked',
        message: '401 from api.example.com. Check the API key',
      });
      expect(desk.large.limiter.state().closed).toBeUndefined();
    });

    it('is never tried again where the provider refused this request', async () => {
      desk.logical.client.fail({ kind: 'refused', message: '400 from api.example.com: content policy' });

      for (const _attempt of [1, 2]) {
        const failure = await failureOf(desk.call(JUDGE));
        expect(failure).toMatchObject({
          type: 'Refused',
          nonRetryable: true,
          message: '400 from api.example.com: content policy',
        });
      }
      expect(desk.logical.client.history).toHaveLength(1);
      expect(await desk.recorded()).toMatchObject([
        { refused: '400 from api.example.com: content policy', usage: { prompt: 0, cached: 0, completion: 0 } },
      ]);
    });
  });

  describe('with a prompt', () => {
    const messages = [{ role: 'user' as const, content: '{source_line}|{text}' }];
    const openWith = async (changes: Partial<typeof SAMPLE_PLAN>) => {
      desk = await openCallDesk(await newFolder(), { ...SAMPLE_PLAN, ...changes });
      desk.logical.client.answer(SUITABLE);
      await desk.call(JUDGE);
      return desk.logical.client.history[0]?.request;
    };

    it.each([
      [true, `From: Canals, by Ada Brook|${SAMPLE_CHUNK.text}`],
      [false, `|${SAMPLE_CHUNK.text}`],
    ])('names the source with USE_FILENAMES: %s', async (useFilenames, content) => {
      const request = await openWith({ useFilenames, prompts: { 'judge-paragraph': { hash: 'c', messages } } });

      expect(request?.messages).toEqual([{ role: 'user', content }]);
    });

    it.each([
      [true, { temperature: 0, top_p: 1, max_tokens: 50, stop: ['END'] }],
      [false, { temperature: 0, top_p: 1, max_tokens: 50 }],
    ])('takes the sampling of the prompt, and its stop strings with STOP: %s', async (useStopStrings, expected) => {
      const sampling = { temperature: 0, max_tokens: 50, stop: ['END'] };
      const request = await openWith({
        useStopStrings,
        prompts: { 'judge-paragraph': { hash: 'c', messages, sampling } },
      });

      expect(request?.sampling).toEqual(expected);
    });

    it('that the plan does not have, says so', async () => {
      await expect(desk.call({ ...JUDGE, step: 'generate-questions', call: 'generate' })).rejects.toThrow(
        `the plan ${SAMPLE_PLAN.fingerprint} has no prompt for generate-questions`,
      );
    });
  });
});

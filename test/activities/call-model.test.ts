import { jest } from '@jest/globals';
import { ApplicationFailureCategory } from '@temporalio/common';
import { writePlan } from '../../src/planning/run-plan.js';
import { newAttempt } from '../support/attempt.js';
import type { CallDesk } from '../support/call-desk.js';
import { failureOf, JUDGE, openCallDesk, SUITABLE, USAGE } from '../support/call-desk.js';
import { refusal, startedCall } from '../support/calls.js';
import { eventually } from '../support/eventually.js';
import { Gate } from '../support/gate.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { PAIRS, SAMPLE_CHUNK } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const CLOSED_WAYS = [
  { way: 'blocked', close: ({ logical }: CallDesk) => logical.limiter.block('401 from api.example.com') },
  {
    way: 'paused',
    close: ({ logical }: CallDesk) => logical.limiter.set({ limit: 2, paused: true, leaseLost: false }),
  },
  { way: 'over budget', close: ({ logical }: CallDesk) => logical.limiter.overBudget('as much is spent as may be') },
  {
    way: 'cooling down',
    close: ({ logical }: CallDesk) =>
      logical.limiter.failed(startedCall('judge-paragraph', performance.now()), refusal(60_000)),
  },
  {
    way: 'at a limit of 0',
    close: ({ logical }: CallDesk) => logical.limiter.set({ limit: 0, paused: false, leaseLost: false }),
  },
];

const newFolder = temporaryFolders();

describe('callModel', () => {
  let desk: CallDesk;
  beforeEach(async () => (desk = await openCallDesk(await newFolder())));
  afterEach(() => jest.useRealTimers());

  it('asks the provider with the rendered prompt, and reads the reply', async () => {
    desk.logical.client.answer(SUITABLE);

    const result = await desk.call(JUDGE);

    const value = { verdict: 'suitable', reason: 'It explains how lock gates work.' };
    expect(result).toEqual({ usage: [100, 60, 20], usable: true, value });
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

  it('counts the answer when it comes, and enters it in the account when it is on the disk', async () => {
    desk.logical.client.answer(SUITABLE);
    const writing = new Gate();
    desk.store.hold('generations/', writing);
    const call = desk.call(JUDGE);
    await writing.reached;
    const paid = { rehearsal: { calls: 1, ...USAGE } };
    expect([desk.book.paid, desk.book.account]).toEqual([paid, { through: 0, models: {} }]);
    writing.open();
    await call;
    expect(desk.book.account).toEqual({ through: 1, models: paid });
    expect(await desk.recorded()).toMatchObject([{ paidBy: { worker: 'worker-a', number: 1 } }]);
    await desk.call(JUDGE);
    expect(desk.book.account).toEqual({ through: 1, models: paid });
  });

  it('pays nothing for a request that the provider refuses', async () => {
    desk.logical.client.fail({ kind: 'refused', message: 'the content filter' });
    await failureOf(desk.call(JUDGE));
    expect(desk.book.paid).toEqual({});
    expect((await desk.recorded()).map(({ refused, paidBy }) => [refused, paidBy])).toEqual([
      ['the content filter', undefined],
    ]);
  });

  it('counts an answer that was made and then withheld', async () => {
    desk.logical.client.fail({ kind: 'refused', message: 'the content filter', usage: USAGE });
    await failureOf(desk.call(JUDGE));
    expect(desk.book.account.models).toEqual({ rehearsal: { calls: 1, ...USAGE } });
    expect(await desk.recorded()).toMatchObject([
      { refused: 'the content filter', usage: USAGE, paidBy: { worker: 'worker-a', number: 1 } },
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

    expect(desk.large.client.history.map(({ request }) => request.model)).toEqual(['rehearsal-large']);
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
      const otherModel = {
        ...SAMPLE_PLAN,
        fingerprint: 'other',
        models: { logical: 'rehearsal-2', large: 'rehearsal' },
      };
      await writePlan(desk.store, otherModel);
      desk.logical.client.answer(SUITABLE).answer(SUITABLE).answer(SUITABLE).answer(SUITABLE);
      await desk.call(JUDGE);
      await desk.call({ ...JUDGE, call: 'judge.b' });
      await desk.call({ ...JUDGE, plan: otherModel.fingerprint });
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

      // A cancellation would be the end of an attempt that had joined this one.
      expect(await failureOf(desk.call(JUDGE, cancelled))).toMatchObject({ type: 'Waiting', nonRetryable: false });
      expect(desk.logical.client.history).toEqual([]);
    });

    it('makes none where nobody waits for it any more when its turn comes', async () => {
      desk.logical.client.answer(SUITABLE).answer(SUITABLE);
      const held = desk.logical.client.hold();
      desk.logical.limiter.set({ limit: 1, paused: false, leaseLost: false });
      const first = desk.call(JUDGE);
      await held.reached;
      const attempt = newAttempt();
      const second = failureOf(desk.call({ ...JUDGE, call: 'judge.b' }, attempt));
      await eventually(() => desk.inFlight().length === 2);
      attempt.cancel();
      held.open();

      await first;
      expect(await second).toMatchObject({ type: 'Waiting', nonRetryable: false });
      expect(desk.logical.client.history).toHaveLength(1);
      expect(desk.logical.limiter.state().inFlight).toBe(0);
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
});

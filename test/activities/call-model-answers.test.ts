import { ApplicationFailureCategory } from '@temporalio/common';
import { newAttempt } from '../support/attempt.js';
import type { CallDesk } from '../support/call-desk.js';
import { failureOf, JUDGE, openCallDesk, SUITABLE } from '../support/call-desk.js';
import { SAMPLE_PLAN } from '../support/sample-plan.js';
import { SAMPLE_CHUNK } from '../support/sample-records.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

describe("the provider's answer to callModel", () => {
  let desk: CallDesk;
  beforeEach(async () => (desk = await openCallDesk(await newFolder())));

  describe('with an answer that cannot be used', () => {
    it('returns it cut short with the reason, and keeps all of it', async () => {
      const long = `${'I do not know. '.repeat(60)}🚢`;
      desk.logical.client.answer(long);

      const result = await desk.call(JUDGE);

      expect(result).toEqual({
        usage: [100, 60, 20],
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

    it('takes one that the client cut for unusable, and says at what length', async () => {
      desk.logical.client.answer(SUITABLE.repeat(200), 'too long');

      expect(await desk.call(JUDGE)).toMatchObject({
        usable: false,
        reason: expect.stringMatching(/cut off at [\d,]+ characters, more than its max_tokens can hold/),
      });
    });

    it('hands on nothing that is longer than a workflow can carry', async () => {
      const prompt = { hash: 'cccc', messages: [{ role: 'user' as const, content: '{character} {pairs}' }] };
      const plan = { ...SAMPLE_PLAN, prompts: { 'plan-scenario': prompt } };
      desk = await openCallDesk(await newFolder(), plan);
      const input = { pairs: [], character: { name: 'Ada', card: 'Name: Ada' } };
      const long = 'They meet at the lock, where the water is low. '.repeat(2_000);
      desk.logical.client.answer(long);

      const result = await desk.call({ ...JUDGE, step: 'plan-scenario', call: 'c1.scenario-plan', input });

      expect(result).toMatchObject({ usable: false, reason: expect.stringContaining('characters. Answer again') });
      expect(JSON.stringify(result).length).toBeLessThan(2_000);
      expect(await desk.recorded()).toMatchObject([{ reply: long, unusable: expect.any(String) }]);
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

      await expect(desk.call(broken)).rejects.toMatchObject({ type: 'Broken', nonRetryable: true });
      await expect(desk.call(broken)).rejects.toMatchObject({ type: 'Broken', nonRetryable: true });
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
      expect(desk.logical.limiter.state()).toMatchObject({
        inFlight: 0,
        answered: 0,
        failures: { '503': 1 },
        lastFailure: '503 from api.example.com',
      });
    });

    it('waits longer with every failure, however often it had to wait for its turn', async () => {
      const waits: unknown[] = [];
      for (const attempt of [7, 8, 20]) {
        desk.logical.client.fail({ message: '503 from api.example.com' });
        waits.push((await failureOf(desk.call(JUDGE, newAttempt({ attempt })))).nextRetryDelay);
      }

      for (const [index, wait] of [1_000, 2_000, 4_000].entries()) {
        expect(waits[index]).toBeGreaterThanOrEqual(wait);
        expect(waits[index]).toBeLessThanOrEqual(wait * 1.2);
      }
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

import { readdir } from 'node:fs/promises';
import type { Estimate } from '../../src/estimate/estimate-data.js';
import { Workbench } from '../support/command-line.js';

const MINUTES = 60_000;

describe('estimate', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await Workbench.open();
  });
  afterAll(() => bench.close(), MINUTES);

  it('needs no server and no call, and leaves nothing behind', async () => {
    const model = await bench.model();
    const { code, stdout } = await bench.augmentoolkit('estimate', bench.settings(model, 'nothing'));
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: expect.stringMatching(/^\d+ chunks from 1 text;/),
    });
    expect(stdout).toContain('Nothing was measured yet');
    expect(model.stats().calls).toBe(0);
    expect(await bench.serverListens()).toBe(false);
    expect(await readdir(bench.folder)).toEqual([]);
  });

  it(
    'measures on a sample whose calls are not paid again, and is right once all is done',
    async () => {
      const model = await bench.model({ profile: 'mixed' });
      const settings = bench.settings(model, 'sampled');
      const ask = async (...args: string[]) => {
        const { code, stdout, stderr } = await bench.augmentoolkit('estimate', [...settings, '--json', ...args]);
        return { code, stderr, estimate: stdout === '' ? undefined : (JSON.parse(stdout) as Estimate) };
      };
      const sampled = await ask('--sample', '3');
      expect(sampled).toMatchObject({ code: 0, estimate: { basis: 'measured', chunks: { measured: 3 } } });
      const paid = model.stats().calls;
      expect(sampled.estimate?.paid.calls).toBe(paid);
      // Asked again, nothing is measured anew.
      await ask('--sample', '3');
      expect(model.stats().calls).toBe(paid);

      const { code } = await bench.augmentoolkit('run', settings);
      expect({ code, repeats: model.stats().repeats.count }).toEqual({ code: 0, repeats: 0 });
      const { tokens } = model.stats();
      const { estimate } = await ask();
      expect(estimate).toMatchObject({
        calls: { likely: model.stats().calls },
        tokens: { likely: tokens.input + tokens.output },
      });

      const other = await ask('--sample', '3', '--set', 'SYSTEM.QUESTION_VERSIONS=2');
      expect({ code: other.code, says: other.stderr }).toEqual({
        code: 2,
        says: expect.stringMatching(
          /holds the results of \d+ chunks, which a sample of 3 with other settings would replace/,
        ),
      });
    },
    2 * MINUTES,
  );
});

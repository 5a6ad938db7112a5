import { jest } from '@jest/globals';
import { emptyFunnel } from '../../src/accounting.js';
import { reportEnd } from '../../src/cli/report-end.js';
import type { RunOutcome } from '../../src/cli/watch-run.js';
import type { StageCount } from '../../src/records.js';
import { LocalStore } from '../../src/store/local-store.js';

const STORE = new LocalStore('/books/output');

function completed(chunks: Partial<StageCount>, end: 'complete' | 'cancelled' = 'complete'): RunOutcome {
  const funnel = { ...emptyFunnel(), chunks: { ...emptyFunnel().chunks, ...chunks } };
  const totals = { calls: 40, prompt: 9_000, cached: 0, completion: 700 };
  return { state: 'completed', result: { funnel, totals, rows: 12, dropped: 3, end } };
}

/** The exit code, and what was printed. */
function report(outcome: RunOutcome, json = false): { code: number; stdout: string; stderr: string } {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
  try {
    return { code: reportEnd(outcome, { store: STORE, json, startedAt: Date.now() - 61_000 }), ...printed };
  } finally {
    jest.restoreAllMocks();
  }
}

describe('the exit code', () => {
  it.each<[string, RunOutcome, number]>([
    ['all is well', completed({ in: 3, accepted: 3 }), 0],
    ['some chunks failed', completed({ in: 3, accepted: 1, failed: 2 }), 0],
    ['every chunk was rejected: that is a decision', completed({ in: 3, rejected: 3 }), 0],
    ['every chunk failed', completed({ in: 3, failed: 3 }), 1],
    ['no chunk could be decided before it was cancelled', completed({ in: 3, failed: 1, notRun: 2 }, 'cancelled'), 1],
    ['it was cancelled with something done', completed({ in: 3, accepted: 1, notRun: 2 }, 'cancelled'), 0],
    ['the run failed', { state: 'failed', message: 'The accounts do not balance' }, 1],
    ['the run was terminated', { state: 'terminated', message: 'from outside' }, 1],
  ])('when %s', (_what, outcome, code) => {
    expect(report(outcome).code).toBe(code);
    expect(report(outcome, true).code).toBe(code);
  });
});

describe('the report', () => {
  it('says what came out and where it is', () => {
    const { stdout, stderr } = report(completed({ in: 3, accepted: 3 }));
    expect(stdout).toContain('Done after 1 min 1 s: 12 conversations from 3 chunks.');
    expect(stdout).toContain('/books/output/messages.jsonl');
    expect(stdout).toContain('40 model calls, 9,000 tokens in, 700 out');
    expect(stdout).toContain('(3 items, each with its reason)');
    expect(stdout).toContain('Report        /books/output/report.html');
    expect(stdout).not.toContain('failed;');
    expect(stderr).toBe('');
  });

  it('says why there is no report', () => {
    const outcome = completed({ in: 3, accepted: 3 });
    if (outcome.state !== 'completed') throw new Error('it is');
    outcome.result.reportFailed = 'chunks/a.jsonl is damaged';
    expect(report(outcome).stdout).toContain('Report        could not be written: chunks/a.jsonl is damaged.');
    expect(report(outcome).code).toBe(0);
  });

  it('says what was paid in all', () => {
    const outcome = completed({ in: 3, accepted: 3 });
    const models = { small: { calls: 44, prompt: 9_900, cached: 0, completion: 800, cost: 1.25 } };
    if (outcome.state === 'completed') outcome.result.paid = { models, cost: 1.25 };
    expect(report(outcome).stdout).toContain(
      'Paid in this folder so far: 1.25\n  small: 44 model calls, 9,900 tokens in, 800 out: 1.25\n',
    );
  });

  it('says where the pairs are, and how to go on, where only pairs were asked for', () => {
    const outcome = completed({ in: 3, accepted: 3 });
    if (outcome.state === 'completed') Object.assign(outcome.result.funnel.pairs, { in: 11, accepted: 9, rejected: 2 });
    const { stdout } = report(outcome);
    expect(stdout).toContain('Done after 1 min 1 s: 9 pairs from 3 chunks.');
    expect(stdout).toContain('/books/output/qatuples_revised\n');
    expect(stdout).toContain('goes on to conversations');
    expect(stdout).not.toContain('messages.jsonl');
  });

  it('names failures, and what can be done about them', () => {
    expect(report(completed({ in: 3, accepted: 1, failed: 2 })).stdout).toContain(
      '\n2 items failed; rejected.jsonl names each with its reason. `npx augmentoolkit retry` tries them again.\n',
    );
    expect(report(completed({ in: 3, accepted: 2, failed: 1 })).stdout).toContain('\n1 item failed; ');
  });

  it('says that a run was cancelled', () => {
    expect(report(completed({ in: 3, accepted: 1, notRun: 2 }, 'cancelled')).stdout).toContain('Cancelled after');
  });

  it('says on the error stream how a run broke', () => {
    const { stdout, stderr } = report({ state: 'failed', message: 'The accounts do not balance' });
    expect([stdout, stderr]).toEqual(['', 'The run is failed: The accounts do not balance\n']);
  });

  it('is one line of JSON where that is asked for', () => {
    const { stdout } = report(completed({ in: 3, failed: 3 }), true);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      exitCode: 1,
      output: STORE.location,
      state: 'completed',
      result: { rows: 12 },
    });
  });
});

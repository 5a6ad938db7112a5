import { describeRuns } from '../../src/cli/describe-runs.js';

const NOW = new Date('2026-03-04T12:00:00Z');
const RUN = { state: 'running', startTime: new Date('2026-03-04T11:58:30Z'), output: '/books/out', isHere: true };

it('runs stand in columns, however long a name is', () => {
  const long = `${'x'.repeat(60)}-0a1b2c`;
  const ended = { state: 'terminated', closeTime: new Date('2026-03-04T11:58:40Z') };
  expect(
    describeRuns(
      [
        { ...RUN, run: 'salt-0a1b2c' },
        { ...RUN, ...ended, run: long },
      ],
      NOW,
    ),
  ).toEqual([
    `${'run'.padEnd(67)}  state       started (UTC)     took        output`,
    `${'salt-0a1b2c'.padEnd(67)}  running     2026-03-04 11:58  1 min 30 s  /books/out`,
    `${long}  terminated  2026-03-04 11:58  10 s        /books/out`,
  ]);
});

it('a folder that is gone is said, and one that is not known is left out', () => {
  const { output: _output, ...unknown } = RUN;
  const [, gone, bare] = describeRuns(
    [
      { ...RUN, run: 'a', isHere: false },
      { ...unknown, run: 'b', isHere: false },
    ],
    NOW,
  );
  expect(gone).toMatch(/\/books\/out \(not there any more, or on another machine\)$/);
  expect(bare).toMatch(/ 1 min 30 s$/);
});

import { RecentProblems } from '../../src/store/recent-problems.js';

function problemsAt(): { problems: RecentProblems; clock: { minutes: number } } {
  const clock = { minutes: 0 };
  return { problems: new RecentProblems(() => new Date(Date.UTC(2026, 10, 22, 20, clock.minutes))), clock };
}

describe("a worker's problems", () => {
  it('are the last five, the newest last', () => {
    const { problems } = problemsAt();
    expect(problems.list()).toEqual([]);
    for (let number = 1; number <= 7; number += 1) problems.add(`problem ${number}`);
    expect(problems.list()).toEqual([3, 4, 5, 6, 7].map((number) => `20:00 UTC: problem ${number}`));
  });

  it('stand there once each, with the time they were last met', () => {
    const { problems, clock } = problemsAt();
    expect(problems.add('the disk is full')).toBe(true);
    expect(problems.add('a record is damaged')).toBe(true);
    clock.minutes = 7;
    expect(problems.add('the disk is full')).toBe(false);
    expect(problems.list()).toEqual(['20:00 UTC: a record is damaged', '20:07 UTC: the disk is full']);
  });
});

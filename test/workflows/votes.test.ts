import type { VoteOutcome } from '../../src/workflows/votes.js';
import { nextRound, voteOutcome, votesNeeded } from '../../src/workflows/votes.js';

type Ballot = 'yes' | 'no' | 'spoilt';
const BALLOTS: Ballot[] = ['yes', 'no', 'spoilt'];

function tallyOf(places: number, votes: Ballot[]) {
  const count = (ballot: Ballot) => votes.filter((vote) => vote === ballot).length;
  return { places, yes: count('yes'), no: count('no'), spoilt: count('spoilt') };
}

/** Takes a vote in rounds; place i is answered by `answers[i]`. */
function takeVote(places: number, answers: Ballot[]): { outcome: VoteOutcome; rounds: number[] } {
  const votes: Ballot[] = [];
  const rounds: number[] = [];
  for (;;) {
    const outcome = voteOutcome(tallyOf(places, votes));
    if (outcome !== undefined) return { outcome, rounds };
    const round = nextRound(tallyOf(places, votes));
    if (round < 1) throw new Error('a round without votes would never end');
    rounds.push(round);
    votes.push(...answers.slice(votes.length, votes.length + round));
  }
}

/** All ways to fill the places. */
function allAnswers(places: number): Ballot[][] {
  if (places === 0) return [[]];
  return allAnswers(places - 1).flatMap((answers) => BALLOTS.map((ballot) => [...answers, ballot]));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * The definition: yes needs more than half of all places. Where even all places would not bring that about, the vote
 * has failed if the votes against alone prevent it, and is undecided if the spoilt ones are needed for that.
 */
function outcomeByDefinition(places: number, answers: Ballot[]): VoteOutcome {
  const { yes, no } = tallyOf(places, answers);
  if (yes > places / 2) return 'passed';
  return places - no > places / 2 ? 'undecided' : 'failed';
}

describe('the votes needed', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 2, 2],
    [4, 3, 2],
    [5, 3, 3],
    [6, 4, 3],
    [9, 5, 5],
  ])('of %i places: %i for yes, %i for no', (places, yes, no) => {
    expect(votesNeeded(places)).toEqual({ yes, no });
  });
});

describe('a vote in which all say yes', () => {
  it.each([
    [1, [1]],
    [2, [1, 1]],
    [3, [2]],
    [4, [2, 1]],
    [5, [3]],
    [6, [3, 1]],
    [7, [4]],
    [8, [4, 1]],
    [9, [5]],
  ])('with %i places passes after rounds of %j', (places, rounds) => {
    expect(takeVote(places, Array<Ballot>(places).fill('yes'))).toEqual({ outcome: 'passed', rounds });
  });
});

describe('a vote', () => {
  it.each<[string, Ballot[], VoteOutcome, number[]]>([
    ['a tie of two fails', ['yes', 'no'], 'failed', [1, 1]],
    ['a first no of two places ends it', ['no', 'yes'], 'failed', [1]],
    ['a tie of four fails', ['yes', 'no', 'yes', 'no'], 'failed', [2, 1, 1]],
    ['two of three', ['yes', 'no', 'yes'], 'passed', [2, 1]],
    ['two against of three', ['no', 'no', 'yes'], 'failed', [2]],
    ['a spoilt place counts for neither', ['yes', 'spoilt', 'yes'], 'passed', [2, 1]],
    ['one each and one spoilt', ['yes', 'spoilt', 'no'], 'undecided', [2, 1]],
    ['too many spoilt', ['spoilt', 'spoilt', 'yes'], 'undecided', [2]],
    ['the only place spoilt', ['spoilt'], 'undecided', [1]],
  ])('%s', (_what, answers, outcome, rounds) => {
    expect(takeVote(answers.length, answers)).toEqual({ outcome, rounds });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('with %i places ends as defined, whatever is answered', (places) => {
    for (const answers of allAnswers(places)) {
      const { outcome, rounds } = takeVote(places, answers);
      const asked = sum(rounds);
      const given = answers.slice(0, asked);
      expect([answers, outcome]).toEqual([answers, outcomeByDefinition(places, answers)]);
      expect(asked).toBeLessThanOrEqual(places);
      // Before its last round nothing was decided, and no smaller round could have decided it.
      const before = tallyOf(places, given.slice(0, asked - (rounds.at(-1) ?? 0)));
      expect(voteOutcome(before)).toBeUndefined();
    }
  });

  it('asks for no vote that could be in vain', () => {
    for (let places = 1; places <= 9; places += 1) {
      for (let yes = 0; yes <= places; yes += 1) {
        for (let no = 0; yes + no <= places; no += 1) {
          for (let spoilt = 0; yes + no + spoilt <= places; spoilt += 1) {
            const tally = { places, yes, no, spoilt };
            const round = nextRound(tally);
            if (voteOutcome(tally) !== undefined) expect([tally, round]).toEqual([tally, 0]);
            // One vote less could not have decided it, for either side.
            for (let less = 0; less < round - 1; less += 1) {
              expect(yes + less + 1).toBeLessThan(votesNeeded(places).yes);
              expect(no + less + 1).toBeLessThan(votesNeeded(places).no);
            }
          }
        }
      }
    }
  });
});

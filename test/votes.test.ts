import type { VoteOutcome } from '../src/votes.js';
import { nextRound, voteOutcome, votesNeeded } from '../src/votes.js';

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
    const wrong = allAnswers(places).filter((answers) => {
      const { outcome, rounds } = takeVote(places, answers);
      return outcome !== outcomeByDefinition(places, answers) || sum(rounds) > places;
    });
    expect(wrong).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with %i places asks for no vote after it was decided', (places) => {
    const inVain = allAnswers(places).filter((answers) => {
      const asked = sum(takeVote(places, answers).rounds);
      const before = Array.from({ length: asked }, (_, length) => tallyOf(places, answers.slice(0, length)));
      // A spoilt place may make the rest of its round vain; nobody can know that when it is asked for.
      return before.some((tally) => ['passed', 'failed'].includes(voteOutcome(tally) ?? ''));
    });
    expect(inVain).toEqual([]);
  });

  it('asks for nothing where there are no places', () => {
    expect(nextRound(tallyOf(0, []))).toBe(0);
  });
});

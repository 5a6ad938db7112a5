import type { Pair, Turn } from '../records.js';
import { unusable, usable, type Parsed } from '../parsed.js';
import { excerpt } from './split-turns.js';
import { read, type Reading } from './words.js';

export interface SpokenTurn {
  /** Position in the conversation, from 1, the opener included. */
  number: number;
  said: Reading;
}

/** A pair and the two turns that have to carry it. */
export interface Exchange {
  question: Reading;
  answer: Reading;
  asked: SpokenTurn;
  answered: SpokenTurn;
}

/** A conversation laid beside the pairs it was written from. */
export interface Dialogue {
  opener?: SpokenTurn;
  exchanges: Exchange[];
  /** A plain assistant speaks, no invented character: words beyond the pairs need to be few. */
  assistant: boolean;
}

/** Why a conversation cannot be taken, put so that the next attempt can do better; undefined where it can. */
export type Rule = (dialogue: Dialogue) => string | undefined;

export interface Expected {
  answerer: string;
  asker: string;
  pairs: Pair[];
  /** Assistant mode: no talk of "the text", and few words beyond the pairs. */
  forbidSourceTalk: boolean;
}

/** Rules 1 and 5: an optional opener, then a question turn and an answer turn for each pair, none empty, nothing after. */
export function arrange(turns: Turn[], expected: Expected): Parsed<Dialogue> {
  const empty = turns.findIndex(({ text }) => !/[\p{L}\p{N}]/u.test(text));
  if (empty >= 0) return unusable(`Turn ${empty + 1} is empty: every turn must say something.`);
  const openers = turns.length > 0 && turns[0]?.speaker === expected.answerer ? 1 : 0;
  const fault = disorderOf(turns, openers, expected);
  if (fault !== undefined) return unusable(fault);
  const spoken = turns.map(({ text }, at) => ({ number: at + 1, said: read(text) }));
  const exchanges = expected.pairs.flatMap((pair, at) => {
    const [asked, answered] = spoken.slice(openers + 2 * at);
    return asked && answered ? [{ question: read(pair.question), answer: read(pair.answer), asked, answered }] : [];
  });
  const opener = openers === 1 ? spoken[0] : undefined;
  return usable({ ...(opener && { opener }), exchanges, assistant: expected.forbidSourceTalk });
}

function disorderOf(turns: Turn[], openers: number, { answerer, asker, pairs }: Expected): string | undefined {
  for (const [at, turn] of turns.slice(openers).entries()) {
    const pair = pairs[Math.floor(at / 2)];
    const number = openers + at + 1;
    if (!pair)
      return `The conversation must end after ${pairs.length} pairs: turn ${number} ("${excerpt(turn.text)}") is one too many.`;
    const [due, task] = at % 2 === 0 ? [asker, 'ask'] : [answerer, 'answer'];
    if (turn.speaker !== due) {
      return `Turn ${number} must begin with "${due}:" and ${task} "${excerpt(pair.question)}": it begins with "${turn.speaker}:".`;
    }
  }
  const whole = Math.floor((turns.length - openers) / 2);
  if (whole === pairs.length) return undefined;
  return `Write all ${pairs.length} pairs, each as a question turn and an answer turn: there are only ${whole}.`;
}

/** Lifts a rule for one exchange to all of them: the first reason counts. */
export function forEachExchange(
  rule: (exchange: Exchange, others: Exchange[], dialogue: Dialogue) => string | undefined,
): Rule {
  return (dialogue) =>
    firstReason(dialogue.exchanges, (exchange) =>
      rule(
        exchange,
        dialogue.exchanges.filter((other) => other !== exchange),
        dialogue,
      ),
    );
}

export function firstReason<Item>(items: Iterable<Item>, rule: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const reason = rule(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Every turn of a dialogue, in order. */
export function turnsOf({ opener, exchanges }: Dialogue): SpokenTurn[] {
  return [...(opener ? [opener] : []), ...exchanges.flatMap(({ asked, answered }) => [asked, answered])];
}

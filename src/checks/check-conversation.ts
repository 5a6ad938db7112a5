import type { Conversation } from '../records.js';
import { unusable, usable, type Parsed } from '../steps/step.js';
import { asksTheQuestion, givesEveryPart, givesNoOtherAnswer, givesTheAnswer } from './carried-pairs.js';
import { arrange, firstReason, type Expected, type Rule } from './dialogue.js';
import { addsNoNumber, keepsNames, keepsNumbers, replacesNoName } from './kept-facts.js';
import { addsNoNegation, keepsNegation } from './kept-negation.js';
import { addsLittle, leaksNothing, leansOnNoSource } from './leaks.js';
import { givesNoAnswerEarly, saysNothingTwice } from './repetition.js';
import { splitTurns } from './split-turns.js';
import { isFinished } from './truncation.js';

/** In the order in which their reasons help most: what leaked in, what is missing, what is changed, what is too much. */
const RULES: readonly Rule[] = [
  leaksNothing,
  asksTheQuestion,
  givesTheAnswer,
  givesEveryPart,
  givesNoOtherAnswer,
  keepsNumbers,
  keepsNames,
  replacesNoName,
  keepsNegation,
  addsNoNegation,
  addsNoNumber,
  saysNothingTwice,
  givesNoAnswerEarly,
  isFinished,
  leansOnNoSource,
  addsLittle,
];

/**
 * Reads a model's reply as a conversation over `expected.pairs`, in their order, and holds every mechanical rule
 * against it. The reason of the first rule that fails says which turn is wrong and what it has to do.
 */
export function checkConversation(reply: string, expected: Expected): Parsed<Conversation> {
  const turns = splitTurns(reply, [expected.answerer, expected.asker]);
  if (!turns.ok) return turns;
  const dialogue = arrange(turns.value, expected);
  if (!dialogue.ok) return dialogue;
  const reason = firstReason(RULES, (rule) => rule(dialogue.value));
  return reason === undefined ? usable({ answerer: expected.answerer, turns: turns.value }) : unusable(reason);
}

import type { Conversation } from '../records.js';
import { unusable, usable, type Parsed } from '../parsed.js';
import { asksTheQuestion, givesNoOtherAnswer, givesTheAnswer } from './carried-pairs.js';
import { arrange, firstReason, type Expected, type Rule } from './dialogue.js';
import { exchangesNoFacts } from './exchanged-facts.js';
import { keepsNames, replacesNoName } from './kept-names.js';
import { addsNoNumber, keepsCounted, keepsNumbers } from './kept-numbers.js';
import { addsNoNegation, keepsNegation } from './kept-negation.js';
import { keepsLinks, keepsStrength } from './kept-small-words.js';
import { addsLittle, addsNoFact } from './added-words.js';
import { leaksNothing, leansOnNoSource } from './leaks.js';
import { givesNoAnswerEarly, saysNothingTwice } from './repetition.js';
import { splitTurns } from './split-turns.js';
import { isFinished } from './truncation.js';

/** In the order in which their reasons help most: what leaked in, what is missing, what is changed, what is too much. */
const RULES: readonly Rule[] = [
  leaksNothing,
  isFinished,
  asksTheQuestion,
  givesNoOtherAnswer,
  keepsNumbers,
  keepsNames,
  replacesNoName,
  givesTheAnswer,
  keepsCounted,
  keepsLinks,
  keepsStrength,
  exchangesNoFacts,
  keepsNegation,
  addsNoNegation,
  addsNoNumber,
  saysNothingTwice,
  givesNoAnswerEarly,
  leansOnNoSource,
  addsNoFact,
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

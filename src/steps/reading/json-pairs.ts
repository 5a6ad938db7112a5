import { isRecord, jsonValues, stringUnder } from './json.js';
import type { FoundPair } from './found-pair.js';

const QUESTION_KEY = /^(?:new_?)?(?:question|q|frage|pregunta|pergunta|domanda|vraag)$/i;
const ANSWER_KEY = /^(?:new_?)?(?:answer|a|response|antwort|respuesta|resposta|risposta|réponse|antwoord)$/i;

/** The first JSON value of a text that is a pair or a list of pairs, bare or inside an object. */
export function jsonPairs(text: string): FoundPair[] | undefined {
  for (const value of jsonValues(text)) {
    const pairs = pairsIn(value);
    if (pairs !== undefined) return pairs;
  }
  return undefined;
}

function pairsIn(value: unknown): FoundPair[] | undefined {
  if (Array.isArray(value)) return pairsOfList(value);
  if (!isRecord(value)) return undefined;
  const pair = pairIn(value);
  return pair === undefined
    ? Object.values(value)
        .map(pairsIn)
        .find((pairs) => pairs !== undefined)
    : [pair];
}

function pairsOfList(list: readonly unknown[]): FoundPair[] | undefined {
  const pairs = list.map(pairIn).filter((pair) => pair !== undefined);
  return pairs.length > 0 && pairs.length === list.length ? pairs : undefined;
}

/** `{"question": ..., "answer": ...}`; a missing answer is left empty, to be told. */
function pairIn(value: unknown): FoundPair | undefined {
  if (!isRecord(value)) return undefined;
  const question = stringUnder(value, QUESTION_KEY);
  if (question === undefined) return undefined;
  return { question: question.trim(), answer: (stringUnder(value, ANSWER_KEY) ?? '').trim() };
}

import { innerValues, isRecord, jsonValues, stringUnder } from './json.js';
import type { FoundPair } from './found-pair.js';

const QUESTION_KEY = /^(?:new_?)?(?:question|q|frage|pregunta|pergunta|domanda|vraag)$/i;
const ANSWER_KEY = /^(?:new_?)?(?:answer|a|response|antwort|respuesta|resposta|risposta|réponse|antwoord)$/i;

/** The pairs of the JSON in a text: the first list of pairs, bare or inside an object, or single pairs one by one. */
export function jsonPairs(text: string): FoundPair[] | undefined {
  const singles: FoundPair[] = [];
  for (const value of jsonValues(text)) {
    const pair = pairIn(value);
    const pairs = pair === undefined ? pairsIn(value) : undefined;
    if (pair !== undefined) singles.push(pair);
    else if (pairs !== undefined && singles.length === 0) return pairs;
  }
  return singles.length > 0 ? singles : undefined;
}

function pairsIn(value: unknown): FoundPair[] | undefined {
  if (Array.isArray(value)) return pairsOfList(value);
  if (!isRecord(value)) return undefined;
  const pair = pairIn(value);
  return pair === undefined
    ? innerValues(value)
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

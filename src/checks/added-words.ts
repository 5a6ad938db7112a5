import { firstReason, forEachExchange, turnsOf, type Dialogue, type Rule, type SpokenTurn } from './dialogue.js';
import { pairsOf } from './leaks.js';
import { excerpt } from './split-turns.js';
import {
  carries,
  contentWords,
  isLight,
  joinReadings,
  missing,
  sentencesOf,
  read,
  type Reading,
  type Word,
} from './words.js';

/** A lead-in, a friendly remark and connecting words take no more content words than this beside the pair's own. */
const OWN_WORDS_OF_AN_ASSISTANT = 15;
/** Invented characters have manners, memories and surroundings. */
const OWN_WORDS_OF_A_CHARACTER = 60;
/** Once an assistant has begun to answer, so many own content words in a row are a fact of its own. */
const OWN_WORDS_IN_A_ROW = 3;

/** Words of an offer to go on, with which an assistant may end: "Let me know if you have other questions!" */
const OFFER =
  /(?<!\p{L})(?:you|your|me|ihnen|euch|dir|gerne|fragen|vous|hésite\p{L}*|te|usted|preguntas?|dudas?|lei|disposizione|domande|você|perguntas?|disposição|u|jij|je|vragen|вам|вас|вопрос\p{L}*|soru\p{L}*|kysy\p{L}*|pytania|frågor|سؤال|أسئلة|प्रश्न|सवाल)(?!\p{L})|[您你]|お気軽|質問|知りたい|궁금|질문|말씀|คำถาม|ถาม/iu;

/** German. */
const NOUNS_ARE_CAPITALISED = /(?<!\p{L})(?:der|die|das|und|ist|sind|ein|eine|war|waren|wird|wurde)(?!\p{L})/iu;

/** Rule 4: no prompt example and no long talk beside the pairs. */
export const addsLittle: Rule = (dialogue) => {
  const known = pairsOf(dialogue);
  const most = dialogue.assistant ? OWN_WORDS_OF_AN_ASSISTANT : OWN_WORDS_OF_A_CHARACTER;
  return firstReason(turnsOf(dialogue), ({ number, said }) =>
    missing(contentWords(said), known).length > most
      ? `Turn ${number} says much that is in no pair: keep to the question and the answer.`
      : undefined,
  );
};

/** Rule 4: an assistant that has begun to answer adds no fact of its own. */
export const addsNoFact = forEachExchange(({ question, answer, answered }, _, dialogue) => {
  if (!dialogue.assistant) return undefined;
  const added =
    addedWords(withoutOffer(answered.said.text), answer, joinReadings([question, answer])) ??
    addedName(answered, answer, dialogue);
  return added && `Turn ${answered.number} must leave out "${excerpt(added)}": it is not in its pair.`;
});

/** A name that no pair holds, behind the first word of the answer. */
function addedName({ said }: SpokenTurn, answer: Reading, dialogue: Dialogue): string | undefined {
  const { text, words } = said;
  if (NOUNS_ARE_CAPITALISED.test(text)) return undefined;
  const start = words.findIndex((word) => !isLight(word.plain) && carries(answer, word));
  const known = pairsOf(dialogue);
  const isNew = (word: Word) =>
    !word.opens && /^\p{Lu}\p{Ll}{2}/u.test(word.written) && !isLight(word.plain) && !carries(known, word);
  return start < 0 ? undefined : words.slice(start).find(isNew)?.written;
}

/** What stands behind the first word of the answer and holds too many own words in a row. */
function addedWords(text: string, answer: Reading, known: Reading): string | undefined {
  const words = read(text).words;
  const start = words.findIndex((word) => !isLight(word.plain) && carries(answer, word));
  let run: Word[] = [];
  for (const word of start < 0 ? [] : words.slice(start)) {
    if (!isLight(word.plain)) run = carries(known, word) ? [] : [...run, word];
    if (run.length > OWN_WORDS_IN_A_ROW) return spanOf(run, words);
  }
  return undefined;
}

function spanOf(run: Word[], words: Word[]): string {
  const [first, last] = [run.at(0), run.at(-1)].map((word) => (word ? words.indexOf(word) : 0));
  return words
    .slice(first, (last ?? 0) + 1)
    .map(({ written }) => written)
    .join(' ');
}

/** A text without the sentences at its end that offer to go on. */
function withoutOffer(text: string): string {
  const sentences = sentencesOf(text);
  const end = sentences.findLastIndex((sentence) => !OFFER.test(sentence));
  return sentences.slice(0, end + 1).join(' ');
}

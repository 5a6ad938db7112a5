import { firstReason, turnsOf, type Dialogue, type Rule } from './dialogue.js';
import { sourceMentions } from './source-talk.js';
import { excerpt } from './split-turns.js';
import { joinedLetters, joinReadings, type Reading } from './words.js';

/** What belongs to prompts, chat formats and talk about the task, never to a conversation. */
const LEAKS: readonly RegExp[] = [
  /^[ \t*_>-]*(?:question|answer|frage|antwort|pregunta|respuesta|réponse|domanda|risposta|pergunta|resposta|vraag|antwoord|вопрос|ответ|问题|回答|質問|回答|[qa])[ \t]*\d*[ \t]*[*_]*[:：]/imu,
  /^[ \t*_>]*(?:system|assistant|ai assistant|human|user|instructions?|conversation|turn \d+|verdict|reasoning)[ \t]*[*_]*[:：]/imu,
  /^[ \t*_([]*(?:note|hinweis|anmerkung|nota|remarque|примечание|注意?)[ \t]*[*_]*[:：]/imu,
  /^[ \t*_([]*note[^\n]{0,80}\b(?:conversation|dialogue|pairs?|format|instructions?|verbatim)\b/imu,
  /^#{1,6}[ \t]+\S.*/mu,
  /"""/u,
  /<\/?(?:pairs?|text|question|answer|conversation|taken|rejected|think|s|instructions?|example)>/iu,
  /<\|[^|\n]{1,30}\|>|\[\/?INST\]|<<\/?SYS>>/u,
  /\{(?:pairs|text|question|answer|question_answer_list|source_line|character|scenario|plan)\}/u,
  /here(?:['’]s| is| are) (?:the|a|your|my) (?:[\p{L}-]+ ){0,3}(?:conversation|dialogue|rewritten|revised)/iu,
  /(?:question[ -](?:and[ -])?answer|q&a|q\/a) pairs?/iu,
  /(?:in|follow(?:s|ed|ing)?) the (?:order given|given order|re(?:quired|quested) (?:form|format|order))/iu,
  /(?:i['’]ve|i have|let me|i will|i['’]ll|i hope) [^.!?\n]{0,100}\bth(?:is|e) (?:conversation|dialogue)\b/iu,
  /[([*_]+(?:the )?end(?: of (?:the )?(?:conversation|dialogue))?[)\]*_]+|^[ \t]*(?:the )?end of (?:the )?(?:conversation|dialogue)\.?[ \t]*$/imu,
  /(?:this|the) (?:conversation|dialogue) (?:above )?(?:covers|includes|contains|follows|uses|addresses|ends)\b/iu,
];

/** Rule 4: no labels, tags, headings or remarks on the task, unless the pairs themselves hold them. */
export const leaksNothing: Rule = (dialogue) => {
  const pairs = pairsOf(dialogue).text;
  const leaks = LEAKS.filter((leak) => !leak.test(pairs));
  return firstReason(turnsOf(dialogue), ({ number, said }) => {
    const found = leaks.map((leak) => leak.exec(said.text)?.[0]).find((words) => words !== undefined);
    return found && `Turn ${number} holds "${excerpt(found)}": write only what the speakers say.`;
  });
};

/** Rule 7: assistant mode speaks of no source, but the pairs may ("the text of the treaty says ..."). */
export const leansOnNoSource: Rule = (dialogue) => {
  if (!dialogue.assistant) return undefined;
  const pairs = pairsOf(dialogue).joined;
  return firstReason(turnsOf(dialogue), ({ number, said }) => {
    const found = sourceMentions(said.text).find((words) => !pairs.includes(joinedLetters(words)));
    return found && `Turn ${number} says "${found}": nobody here has a text before them, so say it without.`;
  });
};

export function pairsOf({ exchanges }: Dialogue): Reading {
  return joinReadings(exchanges.flatMap(({ question, answer }) => [question, answer]));
}

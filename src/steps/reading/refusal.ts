/** What is declined, as the beginning of a word. */
const WORK =
  '(?:help(?! but)|assist|writ|creat|produc|provid|generat|fulfil|comply|continu|engag|role-?play|plan|mak(?:e|ing)|do (?:that|this|so|it)|' +
  'complet|proceed|support|answer|respond|participat|craft|develop|draft|invent|discuss|accommodat|process)';
const I_CANNOT =
  "i(?:(?: |['’])?(?:can(?:no|['’])t|can not|won['’]t|will not|do not feel comfortable|don['’]t feel comfortable)|" +
  "(?:['’]m| am) (?:unable|not able|not comfortable|not allowed|not permitted))";
const I_DECLINE =
  "i(?:(?: (?:must|have to|need to))?(?: respectfully| politely)? decline|(?:['’]d| would) rather not)\\b";
const EXCUSE =
  "(?:(?:i['’]m|i am) (?:\\w+ )?(?:sorry|afraid)|sorry|(?:my )?apologies|i apologi[sz]e|unfortunately|regrettably|" +
  'as an? (?:ai|artificial|responsible)|thank you|i understand|i appreciate)';
/** Little may stand before; a quotation mark opens what somebody says in a plan. */
const START = '^[^\\p{L}"“„«]*(?:(?:hello|hi|hey|thanks)[!,.] )?';

/** How models decline, at the start of a reply: an excuse with what they cannot do, or the bare words. */
const REFUSALS: readonly RegExp[] = [
  `(?:${EXCUSE}\\b[^\\n"“]{0,120}?\\b)?${I_CANNOT}(?:\\W*$|[^\\n"“]{0,60}\\b(?:${WORK}|with that))`,
  `sorry,? (?:but )?can(?:no|['’])t [^.\\n"“]{0,40}\\b${WORK}`,
  `(?:${EXCUSE}\\b[^\\n"“]{0,80}?\\b)?${I_DECLINE}`,
  '(?:this|the|your) (?:request|content|text|prompt|material)[^.\\n]{0,40}(?:violat|goes against|(?:is|are) (?:not something i|outside|against))',
  '(?:es tut mir (?:sehr )?leid|leider|entschuldigung|tut mir leid)[^\\n]{0,60} (?:kann|darf|möchte|werde) [^\\n]{0,40}(?:nicht|keinen?)',
  'ich kann (?:dabei|dir|ihnen|das|diese|dazu|hierbei|leider)[^\\n]{0,40} nicht',
  '(?:je suis (?:vraiment )?désolée?|désolée?|malheureusement|je regrette)[^\\n]{0,60} ne (?:peux|puis|suis)',
  '(?:lo siento|lo lamento|perdón|disculpa|lamentablemente)[^\\n]{0,60} no (?:puedo|me es posible)',
  '(?:desculpe|sinto muito|lamento|infelizmente)[^\\n]{0,60} não (?:posso|consigo)',
  '(?:mi dispiace|spiacente|purtroppo|scusa)[^\\n]{0,60} non (?:posso|sono in grado)',
  '(?:het spijt me|sorry|helaas)[^\\n]{0,40} (?:kan ik|ik kan)[^\\n]{0,60} (?:niet|geen)',
  '(?:извините|простите|прошу прощения|к сожалению|мне жаль)[^\\n]{0,60}не (?:могу|смогу)',
  '(?:przepraszam|przykro mi|niestety)[^\\n]{0,60}nie mogę',
  '(?:很?抱歉|对不起|不好意思|對不起|遗憾)[^\\n]{0,30}(?:不能|无法|無法|不可以|没办法)',
  '我(?:不能|无法|無法)(?:协助|帮助|提供|完成|满足|撰写|创作|生成)',
  '(?:申し訳|すみません|恐れ入り|ごめん)[^\\n]{0,60}(?:できません|できない|いたしかねます|出来ません)',
  '(?:죄송|미안)[^\\n]{0,60}(?:없습니다|없어요|어렵습니다)',
  '(?:عذر|آسف|أعتذر|للأسف|نأسف)[^\\n]{0,60}(?:لا|لن|ليس) ?(?:أستطيع|يمكنني|أتمكن|بإمكاني|بوسعي)',
].map((words) => new RegExp(START + words, 'iu'));

/** A reply of this length may be no more than a question back, unless it has labels. */
const QUESTION_BACK_LENGTH = 400;
const LABELS = /^[^\n:：]{1,40}[:：]/m;
const SPOKEN = /"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»/gu;
const QUESTION_BACK = new RegExp(
  [
    '\\btell me (?:where|what|which|more|how|if|about)\\b',
    '\\b(?:would you like|do you want me|shall i|should i|how (?:can|may) i (?:help|assist))\\b',
    '\\b(?:(?:could|can) you(?: please)?|please) (?:provide|share|tell|send|clarify|paste|specify|confirm)\\b',
    "\\bi don['’]t see (?:any|a|the)\\b",
    '\\b(?:seems|looks) (?:like |that )?(?:you|there|the (?:text|material|card)|no)\\b',
  ].join('|'),
  'iu',
);

/** Why a reply is no attempt at the task: it declines it, or asks back. Undefined if it is one. */
export function notAnAttempt(text: string): string | undefined {
  if (REFUSALS.some((refusal) => refusal.test(text)))
    return 'The reply declines. People and scene are invented: go ahead.';
  const bare = text.length <= QUESTION_BACK_LENGTH && !LABELS.test(text);
  const asksBack = bare && QUESTION_BACK.test(text.replace(SPOKEN, ' '));
  return asksBack ? 'The reply asks back. Everything needed is there: go ahead.' : undefined;
}

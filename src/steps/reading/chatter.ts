/** A longer line is part of the answer, however it begins. */
const LINE_LENGTH = 200;

const LATIN_AFTER = '(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Arabic}\\p{M}])';

/** What models call the thing they were asked for. */
const THING = new RegExp(
  '(?<![\\p{Script=Latin}\\p{Script=Cyrillic}])(?:card|character|profile|sheet|plan|scenario|scene|conversation|dialogue|persona|outline|' +
    '\\p{L}*(?:karte|steckbrief|figur|charakter|szenario|szene|gespräch|plan)|fiche|personnage|scénario|ficha|personaje|escenario|conversación|scheda|' +
    'personaggio|dialogo|personagem|cenário|conversa|personage|gesprek)s?' +
    LATIN_AFTER +
    '|карточк|персонаж|сценари|план|диалог|角色|人物|场景|場景|计划|对话|キャラクター|シナリオ|計画|会話|캐릭터|시나리오|계획|대화|بطاقة|شخصية|سيناريو|خطة|حوار',
  'iu',
);
const AGREES =
  '(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|alright|all right|gladly|understood|got it|no problem|happy to(?: help)?|with pleasure|here you go|' +
  "great|perfect|thanks|thank you|natürlich|gerne?|klar|selbstverständlich|verstanden|bien sûr|d['’]accord|volontiers|claro|por supuesto|desde luego|" +
  'certo|certamente|volentieri|com certeza|natuurlijk|конечно|хорошо|oczywiście|当然(?:可以)?|好的|没问题|はい|もちろん(?:です)?|承知しました|' +
  '물론(?:입니다|이죠)?|네|بالتأكيد|بالطبع)' +
  LATIN_AFTER;
const ANNOUNCES =
  "(?:here(?:['’]s| is| are| you go| it is| goes)|below (?:is|you)|this is|i['’]ve|i have|i['’]ll|i will|let me|as requested|hier ist|hier kommt|hier sind|" +
  'anbei|voici|aquí (?:tienes|está|va)|ecco|aqui está|segue|hier is|вот|ниже|oto|以下|这是|這是|下面|こちら|다음은|여기|إليك|فيما يلي|هذه|هذا)' +
  LATIN_AFTER;
const WROTE =
  "(?:i(?:['’]ve| have| will|['’]ll)|let me) (?:written|created|made|prepared|drafted|put together|write|create|make|prepare|draft|plan|start|begin|think)|let['’]s (?:write|create|make|plan|start|begin)|" +
  "(?:here(?:['’]s| is)|below is|meet) (?:the|your|a|an|my)";

const START = `^[\\s*_#>¡]*(?:${AGREES}[!,.，！。、:\\s–—-]+)?`;
/** `Sure!`, `Of course, I'd be glad to help.` */
const AGREEMENT = new RegExp(
  `^[\\s*_#>¡]*${AGREES}(?:[,!.，！。\\s]+${AGREES})?(?:[,!.\\s]+i(?:['’]d| would) be (?:happy|glad|delighted) to[^:.!]*)?[\\s*_]*[!.！。…,，]*[\\s*_]*$`,
  'iu',
);
/** `Here is the card:`, `Based on the plan, this is the card:` */
const LEADS_IN = new RegExp(
  `${START}(?:${ANNOUNCES}|${AGREES}|(?:based on|given|following|according to)\\b)[^:：]*[:：][\\s*_]*$`,
  'iu',
);
/** `I've written a card for you.` */
const TELLS = new RegExp(`${START}(?:${WROTE})\\b[^:：]*[.!][\\s*_]*$`, 'iu');

/** The same before the answer on its line: `Sure! Here's the scenario: In the workshop ...`. */
const AGREEMENT_BEFORE = new RegExp(`^${AGREES}[!！]\\s*(?=\\S)`, 'iu');
const LEAD_IN_BEFORE = new RegExp(`^${ANNOUNCES}[^:：\\n."“]{0,100}[:：][ \\t*]*(?=\\S)`, 'iu');

/** Words to the person who asked, at the start of a paragraph behind the answer. */
const CLOSING = new RegExp(
  `^[\\s*_>([-]*(?:${[
    "(?:please )?let me know|i hope (?:this|that|it|you|these)|i(?:['’]d| would) be (?:happy|glad)|is there anything|happy writing|enjoy!",
    'feel free to (?:ask|adjust|change|modify|use|edit|let|tweak|make|request)|(?:shall|should) i ',
    '(?:would|do) you (?:like|want) (?:me|any|another|more|to (?:see|change|adjust|add))',
    "if you(?:['’]d| would)? (?:like|want|need|prefer|have) (?:me|any|another|more|changes|adjustments|a different|to (?:see|change|adjust|add))",
    'this (?:card|plan|profile|description) (?:sticks|stays|keeps|respects|includes|fits|matches)',
    'this (?:card|plan|profile|description|character|scenario|scene) (?:is (?:designed|meant|intended)|has been|was written|captures|follows the|meets the|fulfil|would be (?:perfect|ideal))',
    '(?:final )?word count|\\d+ words\\W*$|note:? .{0,40}\\b(?:card|character|plan|scenario|instructions?|words?)\\b',
    '(?:the )?end(?: of (?:the )?(?:card|plan|scenario|character|scene|reply|response)[^\\n]{0,20})?\\W*$',
    'ich hoffe|lass(?:en sie)? (?:es )?mich|sag(?:en sie)? (?:mir )?bescheid|wenn du (?:möchtest|magst|willst)',
    "j['’]espère|n['’]hésite|dites-moi|espero que|avísame|si (?:quieres|necesitas|deseas)|fammi sapere|spero che|se (?:vuoi|quiser)|laat (?:het )?me|ik hoop",
    'надеюсь|дайте знать|если (?:вы |ты )?(?:хотите|хочешь|нужно)|希望(?:这|此|对)|如果(?:您|你)|如需|请告诉我|ご(?:希望|要望)|いかがで|必要(?:で|に)',
    '도움이|필요하시|آمل|أتمنى|هل تريد|إذا (?:كنت|أردت)',
  ].join('|')})`,
  'iu',
);
const RULE = /^[ \t]*(?:[-*_=] ?){3,}[ \t]*$/;

/** Without the words to the person who asked, before and behind the answer, and the rules that set it off. */
export function withoutChatter(text: string): string {
  return withoutClosing(withoutOpening(text));
}

/** Without the lines that only announce the answer. Nothing is left of a reply that does no more. */
export function withoutOpening(text: string): string {
  const lines = text.trim().split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !RULE.test(line) && !isOpening(line.trim()));
  if (first === -1) return '';
  return lines.slice(first).join('\n').trim().replace(AGREEMENT_BEFORE, '').replace(LEAD_IN_BEFORE, keepUnlessThing);
}

function withoutClosing(text: string): string {
  const paragraphs = text.split(/\n[ \t]*\n|\n(?=[ \t]*(?:[-*_=] ?){3,}[ \t]*(?:\n|$))/);
  const last = paragraphs.findLastIndex((paragraph) => !RULE.test(paragraph) && !CLOSING.test(paragraph));
  return last <= 0 && CLOSING.test(paragraphs[0] ?? '') ? text : text.slice(0, endOf(text, paragraphs, last)).trim();
}

/** Where the paragraph of this number ends in the text. */
function endOf(text: string, paragraphs: readonly string[], number: number): number {
  return paragraphs
    .slice(0, number + 1)
    .reduce((from, paragraph) => text.indexOf(paragraph, from) + paragraph.length, 0);
}

function isOpening(line: string): boolean {
  if (line.length > LINE_LENGTH) return false;
  return AGREEMENT.test(line) || (THING.test(line) && (LEADS_IN.test(line) || TELLS.test(line)));
}

function keepUnlessThing(leadIn: string): string {
  return THING.test(leadIn) ? '' : leadIn;
}

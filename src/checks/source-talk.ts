/**
 * Words that lean on a text which the reader does not have. Each language has patterns of its own; all of them want
 * more than a noun, because "the text message", "the text of the treaty" and "the Passage of Humaitá" are things.
 */

const EDGE_LEFT = String.raw`(?<![\p{L}\p{N}])`;
const EDGE_RIGHT = String.raw`(?![\p{L}\p{N}])`;

function pattern(...alternatives: string[]): RegExp {
  return new RegExp(`${EDGE_LEFT}(?:${alternatives.join('|')})${EDGE_RIGHT}`, 'giu');
}

/** "the text of the treaty", "the passage between the islands": a thing in the world, named by what follows. */
const NO_THING = String.raw`(?!\s+(?:of|between|through|into|across|along|under|over|around|north|south|east|west|way)\b)`;
const SAYS = String.raw`(?:says?|stat(?:es|ed)|mentions?|mentioned|describ(?:es|ed)|explain(?:s|ed)|not(?:es|ed)|indicat(?:es|ed)|suggest(?:s|ed)|tells?|shows?|gives?|refers?|does|provides?|specif(?:ies|ied)|discuss(?:es|ed)|list(?:s|ed)|implies|claims?|reports?|points?|adds?|highlights?|emphasi[sz]es|argues?|asserts?|warns?|recommends?|advises?|focus(?:es)? on|deals? with|(?:speaks?|talks?) (?:of|about))`;
const GIVEN = String.raw`(?:provided|given|above|aforementioned|preceding|supplied|quoted|present|source|original|accompanying|same)`;
const ENGLISH_SOURCE = String.raw`(?:text|passage|excerpt|paragraph|snippet|extract|document|article|chapter|section)`;
const TOLD = String.raw`(?:stated|described|mentioned|explained|noted|indicated|discussed|given|provided|found|presented|shown|outlined|listed)`;

const ENGLISH = pattern(
  String.raw`(?:according to|based on|as per) (?:the|this|that|your) (?:${GIVEN} )?${ENGLISH_SOURCE}s?${NO_THING}`,
  String.raw`(?:according to|based on|as per) (?:the|this|that|your) ${GIVEN} (?:information|context|material|content|details|data|facts|source)`,
  String.raw`(?:in|from|by|within|throughout|per) (?:the|this) (?:${GIVEN} )?(?:text|passage|excerpt|paragraph|snippet)${NO_THING}(?!\s+(?:messages?|files?|fields?|box|editor|area|mode|layer|column|string|book|that follows))`,
  String.raw`${TOLD} (?:in|by) (?:the|this) ${ENGLISH_SOURCE}${NO_THING}`,
  String.raw`(?:the|this) (?:text|passage|excerpt|paragraph|snippet|extract|document|article|chapter|section) (?:itself )?(?:also |only |clearly |explicitly |specifically |further |does not |doesn['’]t )*${SAYS}`,
  String.raw`(?:the|this) (?:provided|given|above|aforementioned|preceding|supplied|quoted) (?:${ENGLISH_SOURCE}|information|context|material|content|details|data|source|sentences?|lines?|words?)s?`,
  String.raw`(?:this|the) (?:text )?excerpt${NO_THING}`,
  String.raw`this (?:text|passage|paragraph|snippet)${NO_THING}`,
  String.raw`(?:text|passage|excerpt|paragraph|document|article) (?:provided|given|above|you (?:provided|gave|shared|sent))`,
  String.raw`as (?:provided|stated|described|mentioned|explained|noted|indicated|discussed|shown|outlined) (?:above|here|earlier|in (?:the|this) ${ENGLISH_SOURCE})${NO_THING}`,
  String.raw`as provided(?!\s+(?:by|in|for|under|on|at|with|to|from|through|only)\b)`,
  String.raw`${TOLD} (?:above|in the above)`,
  String.raw`(?<!(?:all|none|any|each|some|either) of )the above(?:-mentioned)?(?!\s+(?:sea|ground|average|board)\b)`,
  String.raw`(?:the )?author of (?:the|this) ${ENGLISH_SOURCE}`,
);

/** "the text" at the end of a clause; editing it ("select the text") or writing it is talk of a real text. */
const BARE_ENGLISH = new RegExp(
  String.raw`(?<!(?:select|selects|selected|highlight|delete|deletes|deleted|copy|copies|copied|paste|pasted|type|types|typed|enter|enters|entered|edit|edits|edited|format|insert|inserts|wrote|write|writes|written|print|prints|printed|carve|carved|translated?|around|over|under|of|to|into) )${EDGE_LEFT}the text(?=[,.;:?!)"”]|$|\s+(?:is about|about|above|below|itself|alone)\b)`,
  'giu',
);

const GERMAN = pattern(
  String.raw`(?:laut|gemäß|nach|entsprechend) (?:dem |diesem |des )?(?:vorliegenden |gegebenen |obigen |bereitgestellten )?(?:text(?:es)?|textabschnitts?|textauszugs?|textpassage|abschnitt|auszug)(?! (?:der|des|von|eines|einer)(?!\p{L}))`,
  String.raw`(?:dem|diesem) (?:text|abschnitt|auszug|textauszug|textabschnitt) (?:zufolge|nach)`,
  String.raw`(?:im|aus dem|in diesem|aus diesem) (?:vorliegenden |gegebenen |obigen |bereitgestellten )?(?:text|textabschnitt|textauszug)(?! (?:der|des|von|eines|einer)(?!\p{L}))`,
  String.raw`(?:der|dieser) (?:text|textabschnitt|textauszug|auszug|abschnitt) (?:sagt|nennt|erwähnt|beschreibt|erklärt|besagt|gibt|spricht|berichtet|erläutert|zeigt)`,
  String.raw`(?:vorliegende|gegebene|obige|bereitgestellte|genannte)[nrsm]? (?:text(?:es)?|abschnitts?|auszugs?|passage|textstelle|informationen)`,
  String.raw`(?:wie )?oben (?:erwähnt|beschrieben|genannt|angegeben|erläutert)`,
);

const FRENCH = pattern(
  String.raw`(?:selon|d['’]après|dans|suivant) (?:le|ce|cet|l['’]) ?(?:texte|passage|extrait|paragraphe)(?! (?:de|du|des)(?!\p{L})| d['’])`,
  String.raw`(?:selon|d['’]après) (?:le|ce) (?:document|chapitre)(?! (?:de|du|des)(?!\p{L})| d['’])`,
  String.raw`(?:le|ce|cet|l['’]) ?(?:texte|passage|extrait|paragraphe) (?:dit|mentionne|indique|précise|explique|décrit|évoque|parle|fourni|donné|ci-dessus|précédent)`,
  String.raw`(?:mentionnée?s?|décrite?s?|indiquée?s?|comme) (?:ci-dessus|plus haut)`,
);

const SPANISH = pattern(
  String.raw`(?:según|de acuerdo con|en|conforme a) (?:el|este|dicho) (?:texto|pasaje|fragmento|extracto|párrafo)(?! (?:del?)(?!\p{L}))`,
  String.raw`(?:el|este) (?:texto|pasaje|fragmento|extracto|párrafo) (?:dice|menciona|indica|explica|describe|señala|afirma|proporcionado|dado|anterior)`,
  String.raw`(?:mencionad|descrit|indicad)[oa]s? (?:anteriormente|arriba)`,
);

const ITALIAN = pattern(
  String.raw`(?:secondo|in base a|stando a) (?:il|al|questo|quel) (?:testo|brano|passaggio|estratto|documento)(?! (?:del(?:la|lo|le|l['’])?|dei|di)(?!\p{L}))`,
  String.raw`(?:nel|dal) (?:testo|brano|passaggio|estratto)(?! (?:del(?:la|lo|le|l['’])?|dei|di)(?!\p{L}))`,
  String.raw`(?:il|questo) (?:testo|brano|estratto) (?:dice|menziona|indica|spiega|descrive|afferma|fornito|dato|precedente)`,
);

const PORTUGUESE = pattern(
  String.raw`(?:segundo|de acordo com|conforme) (?:o|este|esse) (?:texto|trecho|excerto|fragmento|documento)(?! (?:d[aeo]s?)(?!\p{L}))`,
  String.raw`(?:no|neste|nesse) (?:texto|trecho|excerto)(?! (?:d[aeo]s?)(?!\p{L}))`,
  String.raw`(?:o|este) (?:texto|trecho|excerto) (?:diz|menciona|indica|explica|descreve|afirma|fornecido|dado|anterior|acima)`,
);

const DUTCH = pattern(
  String.raw`(?:volgens|in|uit) (?:de|deze|bovenstaande|de gegeven|dit|het) (?:tekst|passage|fragment|tekstfragment|alinea)(?! van(?!\p{L}))`,
  String.raw`(?:de|deze) tekst (?:zegt|vermeldt|noemt|beschrijft|geeft)`,
  String.raw`bovenstaande (?:tekst|passage|informatie)`,
);

const SLAVIC = pattern(
  'согласно (?:данному |этому |приведённому |приведенному )?(?:тексту|отрывку|фрагменту)',
  'в (?:этом|данном|приведённом|приведенном) (?:тексте|отрывке|фрагменте)',
  'в тексте(?=[,.?!]| (?:говорится|указано|указывается|упоминается|сказано|описан))',
  'текст (?:говорит|сообщает|гласит)',
  '(?:według|zgodnie z) (?:tego |tym |podanym )?(?:tekstu|tekstem|fragmentu|fragmentem)',
  'w (?:tym |podanym )?(?:tekście|fragmencie)(?=[,.?!])',
  'podle (?:textu|úryvku)',
);

const TURKISH_AND_GREEK = pattern(
  '(?:metne|metinde|parçaya|pasaja) göre',
  '(?:bu |verilen )?metinde(?=[ ,.?!])',
  'σύμφωνα με το (?:κείμενο|απόσπασμα)',
  '(?:στο|στο παραπάνω) κείμενο',
);

/** Chinese and Japanese write no spaces, so these patterns rely on what surrounds them instead of word edges. */
const CHINESE =
  /(?:根据|按照|依据|根據)(?:上述|以上|本|该|该段|所给|提供的|这段|這段|上面的)?(?:文本|文章|文段|段落|原文|短文|材料|文字|内容)|(?<![中英日法德俄韩论作散语外])文中(?:提到|指出|说|提及|描述|写道|所述)|(?:这段|这篇|该段|上述|以上)(?:文字|文本|文章|段落|内容)/gu;

const JAPANESE =
  /(?:この|上記の|上の|与えられた|提供された)(?:文章|本文|テキスト|文書|一節|段落)|(?:文章|本文|テキスト)(?:によると|によれば|では|の中で|に書かれ)/gu;

const KOREAN = /(?:본문|지문|텍스트|이 글|제시문|위 글)(?:에 따르면|에서는|에 의하면|에서|에 나온)/gu;

const ARABIC_AND_HINDI = pattern(
  'وفق(?:ًا|اً|ا)? (?:لهذا )?(?:النص|للنص)',
  '(?:بحسب|حسب|بناء على|بناءً على) (?:هذا )?النص',
  '(?:في|يذكر|يقول) (?:هذا )?النص(?=[،.؟]|$)',
  '(?:पाठ|अनुच्छेद|गद्यांश) के अनुसार',
  'दिए गए (?:पाठ|अनुच्छेद|गद्यांश)',
);

const PATTERNS = [
  ENGLISH,
  BARE_ENGLISH,
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
  SLAVIC,
  TURKISH_AND_GREEK,
  CHINESE,
  JAPANESE,
  KOREAN,
  ARABIC_AND_HINDI,
];

/** The first words of `text` that lean on a source the reader does not see, as they stand; undefined where there are none. */
export function mentionsSource(text: string): string | undefined {
  return sourceMentions(text)[0];
}

/** All such words; two patterns may find the same place. */
export function sourceMentions(text: string): string[] {
  return PATTERNS.flatMap((one) => [...text.matchAll(one)].map(([words]) => words));
}

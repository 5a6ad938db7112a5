/**
 * Words that carry little of what a sentence says, in the languages people bring most often.
 * The rules only weigh words with these lists: a language that is missing here is still compared word by word.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    // English
    'a an the this that these those it its he him his she her hers they them their we us our you your i me my mine',
    'is are was were be been being am do does did done have has had having will would shall should can could may might must',
    'and or but so if then than as of in on at by to from for with into onto over under about up out off down',
    'what which who whom whose when where why how there here also very just too well some any all each both more most',
    'such only own same other another while because since until after before during between through',
    // German
    'der die das den dem des ein eine einen einem einer eines und oder aber so wenn dann als wie von vom in im an am auf aus',
    'bei zu zum zur mit nach für über unter um durch ist sind war waren sein wird werden wurde wurden hat haben hatte hatten',
    'er sie es ihr ihm ihn ihre sein seine ich du wir uns sich was wer wo wann warum welche welcher welches auch noch nur sehr',
    'dass weil da man kann können dieser diese dieses diesem diesen',
    // French
    'le la les un une des du de au aux et ou mais donc si que qui quoi dont où quand comment pourquoi quel quelle quels quelles',
    'ce cet cette ces il elle ils elles on je tu nous vous se sa son ses leur leurs est sont était étaient être été a ont avait',
    'avoir dans en sur sous par pour avec plus très aussi y comme parce cela',
    // Spanish
    'el los las lo uno una unos unas del al y e o u pero si que quien cuando como donde cuál cuáles qué quién cuándo cómo dónde',
    'por para con sin sobre entre es son era eran fue fueron ser ha han había su sus se le les este esta estos estas eso muy más también porque',
    // Italian
    'il lo gli i uno di da nel nella nei nelle al alla dal dalla sul sulla ed ma se che chi cui quando come dove perché quale quali',
    'per con su tra fra è sono era erano essere stato stata ha hanno suo sua suoi sue si questo questa questi molto più anche',
    // Portuguese
    'os as um uma uns umas do da dos das no na nos nas ao à pelo pela mas que quem quando como onde qual quais por para com sem',
    'é são foi foram ser está seu sua seus suas este esta isso muito mais também porque',
    // Dutch
    'de het een en of maar als dan van in op aan bij uit naar voor met door over is zijn was waren wordt worden werd werden heeft hebben had',
    'hij zij ze wij je ik dat dit die deze wat wie waar wanneer waarom hoe welke ook nog zeer er',
    // Polish, Czech, Swedish, Turkish
    'i w we z ze na do od po za o jest są był była było były się to ten ta te który która które jak co kto gdzie kiedy dlaczego oraz',
    'a v ve s se k je jsou byl byla bylo co kdo kde kdy jak',
    'och att det en ett som på är var av för med till den de han hon hur vad när varför',
    've bir bu şu o da de ile için mi ne nasıl neden',
    // Russian
    'и в во на с со к о об от до по за из у для при что кто где когда как почему какой какая какие это этот эта эти он она оно они его её их был была было были быть а но или же так который которая которое которые которого которой которых которым которую котором',
    // What strings a story together
    'firstly secondly thirdly finally afterwards subsequently zuerst zunächst danach anschließend schließlich',
    'puis ensuite enfin luego después finalmente poi infine depois затем потом sonra ardından',
    // Abbreviations
    'd h z b u a e.g i.e eg ie etc usw bzw p ex',
    // Greek, Arabic, Hindi, Chinese, Korean
    'ο η το οι τα του της των τον την και σε με για από που πώς τι είναι ήταν',
    'في من على إلى عن هو هي كان كانت أن ما متى أين كيف لماذا هل و التي الذي هذا هذه',
    'का के की को में से है हैं था थे थी और यह वह क्या कब कहाँ कैसे क्यों ने पर',
    '的 了 是 在 和 与 有 也 就 都 而 及 着 被 把 对 从 到 这 那 它 他 她 其 吗 呢 什么 怎么 为什么 哪 哪里 何时 个 之',
    '이 그 저 은 는 을 를 의 에 와 과 무엇 언제 어디 왜 어떻게',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Stop words that bound a statement: they weigh little, but an answer must keep them. `Nothing but salt` and
 * `salt`, `before noon` and `noon` are different answers.
 */
export const LIMITING_WORDS: ReadonlySet<string> = new Set(
  [
    'only same more most all both each any before after until over under up down out off',
    'nur mehr alle vor nach bis über unter',
    'plus avant après tous toutes seulement sans',
    'más menos sólo antes hasta sobre todos todas sin',
    'più meno prima dopo tutti tutte senza',
    'mais menos antes depois até todos todas sem',
    'meer alle voor na zonder',
    'до без после',
  ].flatMap((line) => line.split(' ')),
);

import { pieces } from '../../src/ingest/pieces.js';

/** Whole texts and the sentences that a careful reader finds in them. */
const TEXTS: readonly (readonly [text: string, ...sentences: string[]])[] = [
  [
    "Dr. Lind met Mrs. Okafor at St. Anne's Hospital. Prof. Ito came later.",
    "Dr. Lind met Mrs. Okafor at St. Anne's Hospital.",
    'Prof. Ito came later.',
  ],
  [
    'Use a soft wood, e.g. Scots pine or, cf. Table 3, spruce. Hardwood is too heavy.',
    'Use a soft wood, e.g. Scots pine or, cf. Table 3, spruce.',
    'Hardwood is too heavy.',
  ],
  [
    'The U.S. Navy sold it to the U.S. in 1998. Her brother stayed in the U.K. He never wrote.',
    'The U.S. Navy sold it to the U.S. in 1998.',
    'Her brother stayed in the U.K.',
    'He never wrote.',
  ],
  [
    'See No. 5 on p. 12 and Figs. 3 and 4 in vol. 2. The rest is in ch. 7.',
    'See No. 5 on p. 12 and Figs. 3 and 4 in vol. 2.',
    'The rest is in ch. 7.',
  ],
  [
    'The mill was built ca. 1890 by Joh. Brandt & Sons Ltd. It burned down in Feb. 1932.',
    'The mill was built ca. 1890 by Joh. Brandt & Sons Ltd.',
    'It burned down in Feb. 1932.',
  ],
  [
    'The ferry leaves at 6 a.m. The next one leaves at 9:30 p.m. on weekdays. Do not be late.',
    'The ferry leaves at 6 a.m.',
    'The next one leaves at 9:30 p.m. on weekdays.',
    'Do not be late.',
  ],
  [
    'The book is by J. K. Hallam and T. S. Orde. W. H. Mare drew the maps.',
    'The book is by J. K. Hallam and T. S. Orde.',
    'W. H. Mare drew the maps.',
  ],
  [
    'The rod is 3.5 cm long and weighs .75 kg. Version 1.2.3 of the plan said 4.0.',
    'The rod is 3.5 cm long and weighs .75 kg.',
    'Version 1.2.3 of the plan said 4.0.',
  ],
  [
    'Wait... what was that? I thought … never mind. He paused . . . and then spoke.',
    'Wait... what was that?',
    'I thought … never mind.',
    'He paused . . . and then spoke.',
  ],
  [
    '“I saw it. It was red,” she said. “Are you sure?” asked Tom. “Quite.”',
    '“I saw it.',
    'It was red,” she said.',
    '“Are you sure?” asked Tom.',
    '“Quite.”',
  ],
  [
    'He asked "Why me?" and left. Nobody answered "Because!" that day.',
    'He asked "Why me?" and left.',
    'Nobody answered "Because!" that day.',
  ],
  [
    'The well (it had been dry since May. Nobody knew why.) was filled in. (The stones came from the quarry.) It is gone.',
    'The well (it had been dry since May. Nobody knew why.) was filled in.',
    '(The stones came from the quarry.)',
    'It is gone.',
  ],
  [
    'Am 3. Mai 1848 kam der 2. Zug um ca. 8 Uhr an. Er hatte z. B. Kohle geladen, d. h. nichts für uns.',
    'Am 3. Mai 1848 kam der 2. Zug um ca. 8 Uhr an.',
    'Er hatte z. B. Kohle geladen, d. h. nichts für uns.',
  ],
  [
    'Heinrich VIII. regierte lange. Ludwig XIV. regierte noch länger.',
    'Heinrich VIII. regierte lange.',
    'Ludwig XIV. regierte noch länger.',
  ],
  [
    '¿Dónde está el molino? ¡No lo sé! Dijo el Sr. Vega: «Mañana.» Luego se fue.',
    '¿Dónde está el molino?',
    '¡No lo sé!',
    'Dijo el Sr. Vega: «Mañana.»',
    'Luego se fue.',
  ],
  [
    '« Où vas-tu ? » demanda M. Leroy. « Au moulin ! » Elle partit.',
    '« Où vas-tu ? » demanda M. Leroy.',
    '« Au moulin ! »',
    'Elle partit.',
  ],
  [
    '他问：“水位是多少？”没有人回答。门开了！谁在那里？',
    '他问：“水位是多少？”',
    '没有人回答。',
    '门开了！',
    '谁在那里？',
  ],
  ['他想了想……没说话。“走吧。”她说。', '他想了想……没说话。', '“走吧。”她说。'],
  [
    '「もう帰りますか。」と母が聞いた。彼は「はい」と答えた。雨だ！',
    '「もう帰りますか。」と母が聞いた。',
    '彼は「はい」と答えた。',
    '雨だ！',
  ],
  ['هل فتح الباب؟ نعم، فتحه أمس. أين المفتاح؟', 'هل فتح الباب؟', 'نعم، فتحه أمس.', 'أين المفتاح؟'],
  ['دروازہ بند ہے۔ چابی کہاں ہے؟ گھر میں۔', 'دروازہ بند ہے۔', 'چابی کہاں ہے؟', 'گھر میں۔'],
  ['איפה השער? הוא סגור. לך הביתה!', 'איפה השער?', 'הוא סגור.', 'לך הביתה!'],
  ['नदी में पानी कम है। पुल कब बना था? किसी को पता नहीं॥', 'नदी में पानी कम है।', 'पुल कब बना था?', 'किसी को पता नहीं॥'],
  ['ዝናብ ዘነበ። ወንዙ ሞላ።', 'ዝናብ ዘነበ።', 'ወንዙ ሞላ።'],
  ['비가 옵니다. 어디에 갑니까? 집에 갑니다!', '비가 옵니다.', '어디에 갑니까?', '집에 갑니다!'],
  ['Πού είναι ο μύλος; Κανείς δεν ξέρει. Γιατί;', 'Πού είναι ο μύλος;', 'Κανείς δεν ξέρει.', 'Γιατί;'],
  [
    'Он родился в 1890 г. в г. Туле. Потом, т. е. через год, уехал.',
    'Он родился в 1890 г. в г. Туле.',
    'Потом, т. е. через год, уехал.',
  ],
  ['Il sig. Rossi abita in via Roma n. 5. Vedi pag. 12.', 'Il sig. Rossi abita in via Roma n. 5.', 'Vedi pag. 12.'],
  ['O Sr. Prado mora na Av. Central. A Dra. Lima também.', 'O Sr. Prado mora na Av. Central.', 'A Dra. Lima também.'],
  ['Den 4. juli kom bl.a. Nils. Det var kl. 9.', 'Den 4. juli kom bl.a. Nils.', 'Det var kl. 9.'],
  [
    'Open config.yaml or https://example.org/a.b?c=1. Then mail j.doe@example.org. Done!',
    'Open config.yaml or https://example.org/a.b?c=1.',
    'Then mail j.doe@example.org.',
    'Done!',
  ],
  [
    'Yahoo! was founded in 1994. Its name ends with a mark.',
    'Yahoo! was founded in 1994.',
    'Its name ends with a mark.',
  ],
  [
    'Bring rope, nails, etc. The boat is small. Rope, nails, etc. are sold in the harbour.',
    'Bring rope, nails, etc.',
    'The boat is small.',
    'Rope, nails, etc. are sold in the harbour.',
  ],
  [
    'Marsh et al. (2014) disagree. So do Berg et al. in a later paper.',
    'Marsh et al. (2014) disagree.',
    'So do Berg et al. in a later paper.',
  ],
  ['Read Gen. 1:3 and Rom. 8:28 aloud. Then rest.', 'Read Gen. 1:3 and Rom. 8:28 aloud.', 'Then rest.'],
  [
    'On 12.05.1911 at 14.30 the gate opened. By Sat. 13 May it was shut.',
    'On 12.05.1911 at 14.30 the gate opened.',
    'By Sat. 13 May it was shut.',
  ],
  ['Was it No. 7? No. It was not.', 'Was it No. 7?', 'No.', 'It was not.'],
  [
    'John F. Hale Jr. spoke. Then came Adams Sr. and his wife.',
    'John F. Hale Jr. spoke.',
    'Then came Adams Sr. and his wife.',
  ],
  ['What a day!! Really?! Yes.', 'What a day!!', 'Really?!', 'Yes.'],
  ['It is vitamin C. The other is plan B. It failed.', 'It is vitamin C.', 'The other is plan B.', 'It failed.'],
  [
    'Harrow Bros. bought Tide Inc. for $3.2 million. The price was fair.',
    'Harrow Bros. bought Tide Inc. for $3.2 million.',
    'The price was fair.',
  ],
  [
    'The Mill\n\nIt stands by the river. It turns.\n\n1. Open the gate.\n2. Close it',
    'The Mill',
    'It stands by the river.',
    'It turns.',
    '1. Open the gate.',
    '2. Close it',
  ],
  [
    'The steps are: 1. Open the gate. 2. Wait. 3. Close it.',
    'The steps are: 1. Open the gate.',
    '2. Wait.',
    '3. Close it.',
  ],
  ['iPhone sales rose. eBay did not. macOS stayed.', 'iPhone sales rose.', 'eBay did not.', 'macOS stayed.'],
  ['He weighs 80 kg. She weighs 60 kg. Both run 5 km.', 'He weighs 80 kg.', 'She weighs 60 kg.', 'Both run 5 km.'],
  [
    'Mix 2 tsp. salt with 1 tbsp. oil. Bake for 20 min. Serve warm.',
    'Mix 2 tsp. salt with 1 tbsp. oil.',
    'Bake for 20 min.',
    'Serve warm.',
  ],
  [
    'Smith v. Jones was cited in 12 U.S.C. § 34. The court, per Art. 5, agreed.',
    'Smith v. Jones was cited in 12 U.S.C. § 34.',
    'The court, per Art. 5, agreed.',
  ],
  ['The answer (see Sec. 4.2.) is no. "Is it?" No!', 'The answer (see Sec. 4.2.) is no.', '"Is it?"', 'No!'],
  [
    'She wrote: “I am late.” Then she ran. ‘Why?’ he thought.',
    'She wrote: “I am late.”',
    'Then she ran.',
    '‘Why?’ he thought.',
  ],
  [
    '“Stop!” He turned. “Who is it?” She did not answer.',
    '“Stop!”',
    'He turned.',
    '“Who is it?”',
    'She did not answer.',
  ],
  [
    'Washington, D.C. is hot. He left Washington, D.C. The train was late.',
    'Washington, D.C. is hot.',
    'He left Washington, D.C.',
    'The train was late.',
  ],
  [
    'That is all she wrote.[3] Nobody read it.2 It was lost.',
    'That is all she wrote.[3]',
    'Nobody read it.2',
    'It was lost.',
  ],
  ['The gate was shut . No one came .', 'The gate was shut .', 'No one came .'],
  [
    'I write re. your letter of Jan. 3. Yours, etc., P. Holm.',
    'I write re. your letter of Jan. 3.',
    'Yours, etc., P. Holm.',
  ],
  ['温度是３．５度。2031年开始。', '温度是３．５度。', '2031年开始。'],
  ['नदी बहती है।पुल बना।', 'नदी बहती है।', 'पुल बना।'],
  [
    'Der Wurf wog 75 kg. Bienen wiegen weniger als 1 g. Honig wiegt mehr.',
    'Der Wurf wog 75 kg.',
    'Bienen wiegen weniger als 1 g.',
    'Honig wiegt mehr.',
  ],
  [
    '“The comb is dark” (Holm 1901). It was (he said. Or wrote.) There.',
    '“The comb is dark” (Holm 1901).',
    'It was (he said. Or wrote.)',
    'There.',
  ],
  ['1.) Wash the frames. 2.) Dry them.', '1.) Wash the frames.', '2.) Dry them.'],
];

describe('the sentences of a text', () => {
  it('are found in a text without capitals', () => {
    const sentences = [
      'did you feed them?',
      'yes, two liters, e.g. from the red can.',
      'they were hungry!',
      'well... they always are.',
    ];
    const text = [...sentences, ...sentences].join(' ');
    expect([...pieces(text, 400)].map(({ words }) => words)).toEqual([...sentences, ...sentences]);
  });

  it.each(TEXTS)('%j', (text, ...sentences) => {
    expect([...pieces(text, 400)].map(({ words }) => words)).toEqual(sentences);
  });
});

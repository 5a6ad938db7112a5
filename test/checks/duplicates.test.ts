import { findDuplicate } from '../../src/checks/duplicates.js';

/** Long enough for one differing word to leave nine words in ten the same. */
const LONG =
  'In which of the many small harbours along the northern coast did the old whaling company of the town keep its spare anchors and chains during the winter';

describe('findDuplicate finds a question that is asked again', () => {
  it.each([
    ['word for word', 'Who built the mill?', 'Who built the mill?'],
    ['letter case and punctuation', 'Who built the mill?', '  who built THE mill ??'],
    ['another form of the same characters', 'Où est le café ?', 'Où est le café ?'],
    ['full-width characters', 'Who built the mill in 1852?', 'Ｗｈｏ built the mill in １８５２?'],
    ['a phrase moved to the front', 'How many ships were built in 1852?', 'In 1852, how many ships were built?'],
    ['one small word in a long question', `${LONG}?`, `${LONG.replace('during the winter', 'during winter')}?`],
    ['numbers in another notation', 'Who counted the 1,482 bricks?', 'Who counted the 1482 bricks?'],
    ['Chinese with another mark', '谁建造了这座桥？', '谁建造了这座桥?'],
    ['Japanese with blanks', 'この橋は誰が建てましたか。', 'この橋は 誰が建てましたか'],
  ])('%s', (_, earlier, question) => {
    expect(findDuplicate(question, ['What is tallow?', earlier])).toBe(earlier);
  });
});

describe('findDuplicate keeps questions that ask something else', () => {
  it.each([
    ['another month', 'How many eggs were laid in May?', 'How many eggs were laid in June?'],
    ['another year in a long question', `${LONG} of 1852?`, `${LONG} of 1853?`],
    ['another number word in a long question', `${LONG} of three years?`, `${LONG} of four years?`],
    ['another name in a long question', `${LONG} at Oslo?`, `${LONG} at Bergen?`],
    ['a negation in a long question', `${LONG}?`, `${LONG.replace('did the', 'did not the')}?`],
    ['a contracted negation', `${LONG}?`, `${LONG.replace(' did ', " didn't ")}?`],
    ['words that change places', 'How does heat affect pressure?', 'How does pressure affect heat?'],
    ['names that change places', 'Did Rome attack Veii?', 'Did Veii attack Rome?'],
    ['a sign behind a letter', 'What is C++?', 'What is C#?'],
    ['a decimal point', 'Which bolt is 1.5 cm long?', 'Which bolt is 15 cm long?'],
    ['the same beginning', 'What was the first ship called?', 'What was the first ship made of?'],
    ['Chinese with another numeral', '第二座桥是谁建造的？', '第三座桥是谁建造的？'],
    ['Chinese with a negation', '哪些鱼可以吃？', '哪些鱼不可以吃？'],
    ['German with another noun', 'Wer baute die Mühle?', 'Wer baute die Kirche?'],
  ])('%s', (_, earlier, question) => {
    expect(findDuplicate(question, [earlier])).toBeUndefined();
  });

  it('finds nothing among no questions', () => {
    expect(findDuplicate('Who built the mill?', [])).toBeUndefined();
  });

  it('returns the first of several duplicates', () => {
    expect(findDuplicate('who built it?', ['Who built it?', 'WHO BUILT IT?'])).toBe('Who built it?');
  });
});

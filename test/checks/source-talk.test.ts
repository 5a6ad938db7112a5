import { mentionsSource, sourceMentions } from '../../src/checks/source-talk.js';

describe('mentionsSource finds talk of a text that the reader does not have', () => {
  it.each([
    ['According to the text, the mill burned down.', 'According to the text'],
    ['What does the passage say about the mill?', 'the passage say'],
    ['The passage states that the mill burned down.', 'The passage states'],
    ['What is described in the passage?', 'described in the passage'],
    ['Based on the provided information, it burned down.', 'Based on the provided information'],
    ['The provided context names no miller.', 'The provided context'],
    ['It burned down, as provided.', 'as provided'],
    ['It burned down, as stated above.', 'as stated above'],
    ['This excerpt is about a mill.', 'This excerpt'],
    ['The document mentions a mill.', 'The document mentions'],
    ['How many mills does the text speak of?', 'the text speak of'],
    ['What does the passage deal with?', 'the passage deal with'],
    ['The text warns of floods.', 'The text warns'],
    ['Who is named in the text?', 'in the text'],
    ['From the above it follows that the mill burned down.', 'the above'],
    ['The author of the passage blames the miller.', 'author of the passage'],
    ['Who is the text about?', 'the text'],
    ['The answer is not in the text.', 'in the text'],
    ['Laut dem Text brannte die Mühle ab.', 'Laut dem Text'],
    ['Wer wird im Text genannt?', 'im Text'],
    ['Wie oben erwähnt, brannte die Mühle ab.', 'Wie oben erwähnt'],
    ['Selon le texte, le moulin a brûlé.', 'Selon le texte'],
    ["D'après cet extrait, le moulin a brûlé.", "D'après cet extrait"],
    ['Según el texto, el molino se quemó.', 'Según el texto'],
    ['Secondo il testo, il mulino bruciò.', 'Secondo il testo'],
    ['De acordo com o texto, o moinho ardeu.', 'De acordo com o texto'],
    ['Volgens de tekst brandde de molen af.', 'Volgens de tekst'],
    ['Согласно тексту, мельница сгорела.', 'Согласно тексту'],
    ['Według tekstu młyn spłonął.', 'Według tekstu'],
    ['Metne göre değirmen yandı.', 'Metne göre'],
    ['根据文本，磨坊被烧毁了。', '根据文本'],
    ['この文章によると、水車小屋は焼けました。', 'この文章'],
    ['본문에 따르면 방앗간이 불탔습니다.', '본문에 따르면'],
    ['وفقًا للنص احترقت الطاحونة.', 'وفقًا للنص'],
    ['पाठ के अनुसार चक्की जल गई।', 'पाठ के अनुसार'],
  ])('%s', (text, words) => {
    expect(mentionsSource(text)).toContain(words);
  });
});

describe('mentionsSource leaves things of the world alone', () => {
  it.each([
    'She read the text message twice.',
    'Select the text and press Delete.',
    'When the text is selected, the menu changes.',
    'What does Ctrl+B do to the text?',
    'The text of the treaty was lost in the fire.',
    'What does the text of the constitution guarantee?',
    'The Passage of Humaitá was forced in 1868.',
    'The passage between the islands is nine fathoms deep.',
    'In the passage of time the colours faded.',
    'The fee is due as provided by law.',
    'Damages are paid as provided in Article 5.',
    'Fasten the shelf with the provided screws.',
    'All of the above apply.',
    'The author says that he wrote it in prison.',
    'The document was signed in 1648.',
    'The paragraph sign is called a pilcrow.',
    'From the source to the sea the river is 90 km long.',
    'Im Text der Verfassung fehlt dieses Wort.',
    'Der Abschnitt zwischen Ulm und Wien ist schiffbar.',
    'Dans le texte de la loi, ce mot manque.',
    'Le passage du col est fermé en hiver.',
    'En el texto de la ley falta esa palabra.',
    'El pasaje del barco costaba diez reales.',
    'В тексте договора этого слова нет.',
    '他的中文中提到很多地名。',
    'The context menu opens with a right click.',
  ])('%s', (text) => {
    expect(mentionsSource(text)).toBeUndefined();
  });
});

it('finds the mentions of several languages', () => {
  const found = sourceMentions('According to the text and this excerpt, laut Text, it burned.');
  expect(found).toEqual(expect.arrayContaining(['According to the text', 'this excerpt', 'laut Text']));
});

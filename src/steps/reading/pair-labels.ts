/** A line of a list of pairs; `content` is what stands behind its label. */
export interface PairLine {
  kind: 'question' | 'answer' | 'numbered' | 'text';
  content: string;
  /** The label says that it is not the new one: `Original question`. */
  old?: boolean;
}

/** The labels of the required form, and what models write in their place when the text is in another language. */
const QUESTION =
  'question|frage|pregunta|pergunta|domanda|vraag|fråga|spørgsmål|spørsmål|kysymys|pytanie|otázka|kérdés|întrebare|soru|' +
  'вопрос|питання|ερώτηση|(?:ال)?سؤال|שאלה|प्रश्न|问题|問題|质问|質問|질문|câu hỏi|pertanyaan|คำถาม';
const ANSWER =
  'answer|antwort|respuesta|resposta|risposta|antwoord|réponse|reponse|svar|vastaus|odpowiedź|odpověď|odpoveď|válasz|răspuns|' +
  'cevap|yanıt|ответ|відповідь|απάντηση|(?:ال)?جواب|(?:ال)?إجابة|תשובה|उत्तर|答案|回答|答え|답변|대답|답|câu trả lời|' +
  'trả lời|jawaban|คำตอบ';
const OLD = 'original|rejected|old|previous';
const NEW =
  'new|reworded|revised|rewritten|rephrased|improved|better|corrected|repaired|final|updated|neue|nouvelle|nueva|nuova|' +
  'nova|nieuwe?|novo';

/** Anything but words and quotation marks: `- `, `**`, an emoji. */
const OPENING = '^[^\\p{L}\\p{N}"\u201C\u201E\u00AB\'\\n]*';
const NUMBER = '(?:\\(?\\d{1,2}(?:[.):]+|\\uFE0F?\\u20E3)\\s*[*_]*\\s*)?';
/** A colon, or a full stop behind a number, or nothing more on the line. */
const CLOSING = '\\s{0,2}(?:\\([^)]{0,40}\\))?\\s{0,2}[*_]*\\s{0,2}(?:[:：]|(?<=\\d[*_]*)[.)–—-]\\s|$)[*_]*\\s*';

function labelPattern(words: string, letter: string): RegExp {
  const long = `(?:(?:(?<old>${OLD})|${NEW})\\s+)?(?:${words})\\s{0,2}(?:#|no\\.?|nr\\.?)?\\s{0,2}\\d{0,2}${CLOSING}`;
  const short = `${letter}\\s?\\d{0,2}[*_]*\\s{0,2}(?:[:：]|(?<=\\d[*_]*)[.)]\\s)[*_]*\\s*`;
  return new RegExp(`${OPENING}${NUMBER}(?:${long}|${short})(?<content>.*)$`, 'iu');
}

const QUESTION_LINE = labelPattern(QUESTION, 'q');
const ANSWER_LINE = labelPattern(ANSWER, 'a');
const NUMBERED_LINE = /^[\s>#*_]*\(?\d{1,2}[.):]+\s*[*_]*\s*(\S.*)$/;

/** An answer on the line of its question. */
const ANSWER_INSIDE = new RegExp(`^(.*?[?.!。？]["”]?[*_]*)\\s+[*_]*(?:${ANSWER}|a)[*_]*\\s*[:：][*_]*\\s*(.+)$`, 'iu');
/** A question on the line of the answer before it. */
const NEXT_QUESTION = new RegExp(
  `(?<=(?:\\p{L}{2}|\\d{3}|[)%])[.!?]["”»]?|[。！？])\\s*(?=[*_]*${NUMBER}(?:${QUESTION})\\s{0,2}\\d{0,2}[*_]*\\s{0,2}[:：])`,
  'iu',
);

/** Sorts a line by its label. Where several labels stand on it, it becomes several lines. */
export function readPairLine(line: string): PairLine[] {
  return line.split(NEXT_QUESTION).flatMap(readPiece);
}

function readPiece(line: string): PairLine[] {
  const question = QUESTION_LINE.exec(line)?.groups;
  if (question !== undefined) return splitQuestion(labelled('question', question));
  const answer = ANSWER_LINE.exec(line)?.groups;
  if (answer !== undefined) return [labelled('answer', answer)];
  return NUMBERED_LINE.test(line)
    ? splitQuestion({ kind: 'numbered', content: line })
    : [{ kind: 'text', content: line }];
}

function labelled(kind: 'question' | 'answer', groups: Record<string, string | undefined>): PairLine {
  return { kind, content: groups['content'] ?? '', old: groups['old'] !== undefined };
}

function splitQuestion(line: PairLine): PairLine[] {
  const [, question, answer] = ANSWER_INSIDE.exec(line.content) ?? [];
  if (question === undefined || answer === undefined) return [line];
  return [
    { ...line, content: question },
    { kind: 'answer', content: answer },
  ];
}

/** The question of a numbered line, without its number. */
export function withoutNumber(line: string): string {
  return NUMBERED_LINE.exec(line)?.[1] ?? line;
}

/** True if the line begins a pair. */
export function isQuestionLine(line: string): boolean {
  return QUESTION_LINE.test(line);
}

/** The marks that models put around their reasoning; all are written as `<think>` before it is cut out. */
const REASONING_OPENS =
  /<(?:thinking|thoughts?|reasoning|reflection|scratchpad|seed:think)>|\[THINK\]|◁think▷|<\|START_THINKING\|>/gi;
const REASONING_CLOSES =
  /<\/(?:thinking|thoughts?|reasoning|reflection|scratchpad|seed:think)>|\[\/THINK\]|◁\/think▷|<\|END_THINKING\|>/gi;
const REASONING = /<think>[\s\S]*?<\/think>/gi;
/** Some servers swallow the opening mark, so that a reply starts inside the reasoning. */
const REASONING_TO_ITS_END = /^[\s\S]*(?:<\/think>|<\|channel\|>final<\|message\|>)/i;
/** Reasoning that never ends leaves no answer. */
const REASONING_WITHOUT_END = /<think>[\s\S]*$/i;
const START_TOKENS = /^(?:\s{0,3}<\|[a-z_]+\|>(?:assistant\b)?){1,4}/i;
const END_TOKENS = /(?:\s{0,3}(?:<\|[a-z_]+\|>|<\/s>|<end_of_turn>|<eos>)){1,4}$/i;
const REPLY_LABEL = /^[*_#]*[ \t]*(?:your )?(?:reply|response|output)\s*:?[*_]*\s*:?[*_]*[ \t]*\n/i;

/** What the model has to say, without its reasoning, tokens and a heading such as `Reply:`; lines end in LF. */
export function cleanReply(reply: string): string {
  const text = reply
    .replace(/\r\n?/g, '\n')
    .replace(/[\uFEFF\u200B]/g, '')
    .replace(REASONING_OPENS, '<think>')
    .replace(REASONING_CLOSES, '</think>')
    .replace(REASONING, '')
    .replace(REASONING_TO_ITS_END, '')
    .replace(REASONING_WITHOUT_END, '')
    .trim()
    .replace(START_TOKENS, '')
    .replace(END_TOKENS, '');
  return unwrapAnswer(withoutQuoteMarks(text.trim())).replace(REPLY_LABEL, '').trim();
}

/** Some quote their whole reply as a block: every line begins with `>`. */
function withoutQuoteMarks(text: string): string {
  const lines = text.split('\n');
  const isQuoted = lines.every((line) => line.trim() === '' || line.startsWith('>'));
  return isQuoted ? lines.map((line) => line.replace(/^>[ \t]?/, '')).join('\n') : text;
}

/** Models trained to think first put their answer in tags at the end of the reply. */
const ANSWER_AT_THE_END = /<(answer|output|response|reply|result|final|final_answer)>([\s\S]*?)(?:<\/\1>)?$/i;
const TAGS_OF_PAIRS = /<\/?(?:text|question|answer|pairs|taken|rejected)>/i;

function unwrapAnswer(text: string): string {
  const [whole, , answer = ''] = ANSWER_AT_THE_END.exec(text) ?? [];
  if (whole === undefined) return text;
  const before = text.slice(0, text.length - whole.length);
  return TAGS_OF_PAIRS.test(before) || TAGS_OF_PAIRS.test(answer) ? text : `${before.trim()}\n${answer.trim()}`.trim();
}

const FENCE = /^\s*(?:`{3,}|~{3,})\s*([\w+-]*)\s*$/;

/**
 * Takes the fence lines off the blocks whose inside matches `form`, as models put around the whole of an answer.
 * Other fenced blocks are part of the answer and stay.
 */
export function unwrapFences(text: string, form: RegExp): string {
  const lines = text.split('\n');
  const dropped = new Set<number>();
  for (const { open, close } of outerFences(lines)) {
    if (!form.test(lines.slice(open + 1, close).join('\n'))) continue;
    dropped.add(open).add(close);
  }
  return lines
    .filter((_line, index) => !dropped.has(index))
    .join('\n')
    .trim();
}

/** The outermost fenced blocks; one that is never closed reaches to the end. */
function outerFences(lines: readonly string[]): { open: number; close: number }[] {
  const blocks: { open: number; close: number }[] = [];
  const openings: number[] = [];
  lines.forEach((line, index) => {
    const language = FENCE.exec(line)?.[1];
    if (language === undefined) return;
    if (language !== '' || openings.length === 0) {
      openings.push(index);
      return;
    }
    const open = openings.pop() ?? index;
    if (openings.length === 0) blocks.push({ open, close: index });
  });
  const [unclosed] = openings;
  return unclosed === undefined ? blocks : [...blocks, { open: unclosed, close: lines.length }];
}

const PROMPT_TAG = /^[ \t]*<\/?(?:text|question|answer|pairs|taken|rejected)>[ \t]*$/im;

/** True if the reply holds the tags that our prompts put around their material: it goes on with the prompt. */
export function echoesPrompt(text: string): boolean {
  return PROMPT_TAG.test(text);
}

/** At most `length` UTF-16 units from the start, never half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

import { readVerdict } from '../../../src/steps/reading/verdict.js';

const WORDS = [
  { yes: 'suitable', no: 'unsuitable' },
  { yes: 'relevant', no: 'irrelevant' },
  { yes: 'accurate', no: 'inaccurate' },
] as const;

/** Where a verdict stands in a reply; `%` is the verdict. */
const FRAMES = [
  '%',
  'Verdict: %',
  '- A note.\n**Verdict:** %',
  '- The relevant line is quoted, and its date is accurate.\nVerdict - %',
  '### Final Judgment:\n%',
  'Overall Accuracy Determination: The answer is: %',
  'Therefore, the answer is %',
  '- A note.\n| Verdict | % |',
  '<verdict>%</verdict>',
  '{"notes": "none", "verdict": "%"}',
  '<think>It is suitable, relevant and accurate. Or is it?</think>\nVerdict: %',
  '<think>It is unsuitable, irrelevant and inaccurate.</think>\nVerdict: %',
  'Verdict: %\n\nLet me know if you need more.',
];

/** Wordings, with a bar between two. */
function listed(text: string): string[] {
  return text
    .split(/ \| |\n/)
    .map((form) => form.trim())
    .filter((form) => form !== '');
}

/** What a model may write in place of the bare word; Y and N are the two words. */
const SAYS_YES = listed(`
  Y | Y. | **Y** | “Y” | «Y» | 「Y」 | „Y“ | fully Y | clearly Y | 100% Y | ✅ Y | Y ✅
`);
const SAYS_NO = listed(`
  N | N. | **N** | “N” | ❌ N | completely N | in-accurate | not Y | not entirely Y | not at all Y
  far from Y | hardly Y | never Y | by no means Y | anything but Y | no longer Y | nowhere near Y
  mostly Y | partially Y | somewhat Y | almost Y | semi-Y | non-Y
`);

/** No clear yes: nothing of it may be read as one. */
const NO_YES = listed(`
  isn’t Y | can't be called Y | cannot be deemed Y | neither Y nor complete | fails to be Y | un-Y
  NOT_Y | not, strictly, Y | Y: no | Y: never | Y? No. | Y ... not | Y (not) | Y — hardly | Y in part
  Y: ✗ | ❌ Y | Y, but the year is wrong | Y except the year | Y in number but not in place
  Y with one error | Y if it is cut | I doubt that it is Y | not sure it is Y | unlikely to be Y
  it is untrue that it is Y | too vague to be Y | would be Y | might be Y | ought to be Y
  pretends to be Y | seemingly Y | so-called Y | wrongly Y | the opposite of Y | instead of Y
  more Y than not | as Y as a guess | no claim is Y | none of it is Y | 75% Y | 不Y | не Y | nicht Y
  pas Y | não Y | N, not Y | Y or N | Y/N | Y → N | Y, now N | Y. No, wait: N | [ ] Y [x] N | ☐ Y ☑ N
  ~~Y~~ N | nothing but N details | N? Y | Y? N | Y [ ] N [x] | Y ☐ N ☑ | ~~Y~~ | Y (one claim is unsupported)
  Y, yet the year is wrong | Y. Scratch that | Y. Wait, N
`);
/** No clear no. */
const NO_NO = listed(`
  not N | by no means N | hardly N | cannot be called N | anything but N | neither N nor wrong | N: no
  N? no, Y | I doubt that it is N | it is untrue that it is N | unlikely to be N | wrongly called N
  N: ✗ | the opposite of N | no N part | 不N | не N | nicht N | Y, not N | N → Y | first N, then Y
  ~~N~~ Y | ~~N~~ | N [ ] Y [x] | N. I was wrong: Y | [x] Y [ ] N | ☑ Y ☐ N | Y, without any N part | Y. Nothing is N
`);

describe.each(WORDS)('$yes or $no', (words) => {
  const written = (form: string, word: (text: string) => string) =>
    form.replaceAll(/\b[YN]\b|[YN]$|(?<=_)Y/g, (letter) => word(letter === 'Y' ? words.yes : words.no));
  const replies = (forms: readonly string[]) =>
    forms
      .flatMap((form) => [written(form, (text) => text), written(form, (text) => text.toUpperCase())])
      .flatMap((phrase) => FRAMES.map((frame) => frame.replace('%', () => phrase)));
  const verdicts = (forms: readonly string[]) =>
    replies(forms).map((reply) => {
      const parsed = readVerdict(reply, words);
      return { reply, verdict: parsed.ok ? parsed.value.verdict : 'unusable' };
    });
  const ownForms = (forms: readonly string[]) =>
    forms.filter((form) => form !== 'in-accurate' || words.yes === 'accurate');

  it('reads a plain yes wherever it stands', () => {
    expect(verdicts(SAYS_YES).filter(({ verdict }) => verdict !== words.yes)).toEqual([]);
  });

  it('reads a plain no wherever it stands', () => {
    expect(verdicts(ownForms(SAYS_NO)).filter(({ verdict }) => verdict !== words.no)).toEqual([]);
  });

  it('takes nothing for a yes that is turned, weakened, doubted or left open', () => {
    expect(verdicts(NO_YES).filter(({ verdict }) => verdict === words.yes)).toEqual([]);
  });

  it('takes nothing for a no that is denied or doubted', () => {
    expect(verdicts(NO_NO).filter(({ verdict }) => verdict === words.no)).toEqual([]);
  });
});

it.each([
  ['a conclusion behind the verdict', 'Verdict: RELEVANT\n\nWait, the year is missing. So the question is irrelevant.'],
  ['a bare word behind the verdict', 'Verdict: RELEVANT\nIRRELEVANT'],
  [
    'a verdict for each claim in JSON',
    '[\n{"claim": 1,\n"verdict": "IRRELEVANT"},\n{"claim": 2,\n"verdict": "RELEVANT"}\n]',
  ],
  ['JSON against words', '{"verdict": "RELEVANT"}\nVerdict: IRRELEVANT'],
  ['the instruction repeated', 'Verdict: RELEVANT\nVerdict: IRRELEVANT'],
])('refuses %s', (_name, reply) => {
  expect(readVerdict(reply, { yes: 'relevant', no: 'irrelevant' })).toMatchObject({ ok: false });
});

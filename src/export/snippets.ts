import type { ExportFormat, Trainer } from './export-formats.js';
import type { FileKind } from './row-files.js';

/** What a snippet speaks of. */
export interface SnippetInput {
  format: ExportFormat;
  kind: FileKind;
  /** Names of the files, beside which the snippet lies. */
  train: string;
  validation?: string;
  /** Of the dataset, in a trainer that has a register of them. */
  name: string;
}

export interface Snippet {
  file: string;
  content: string;
}

/** What to tell a trainer, so that it loads the files next to it as they are meant. Pure. */
export function snippetsFor(trainer: Trainer, input: SnippetInput): Snippet[] {
  return SNIPPETS[trainer](input);
}

const SNIPPETS: Record<Trainer, (input: SnippetInput) => Snippet[]> = {
  axolotl: (input) => [{ file: 'axolotl.yaml', content: axolotl(input) }],
  trl: (input) => [{ file: 'train_with_trl.py', content: trl(input) }],
  unsloth: (input) => [{ file: 'train_with_unsloth.py', content: unsloth(input) }],
  'llama-factory': (input) => [
    { file: 'dataset_info.json', content: `${JSON.stringify(datasetInfo(input), undefined, 2)}\n` },
    { file: 'llama-factory.yaml', content: llamaFactory(input) },
  ],
};

const DS_TYPE: Record<FileKind, string> = { jsonl: 'json', parquet: 'parquet' };

function axolotl({ format, kind, train, validation }: SnippetInput): string {
  const dataset = (path: string, test: boolean) => [
    `  - path: ./${path}`,
    `    ds_type: ${DS_TYPE[kind]}`,
    // A file has no splits of its own: all of it is called train.
    ...(test ? ['    split: train'] : []),
    ...(format === 'alpaca' ? ['    type: alpaca'] : chatTemplate(format)),
  ];
  return lines(
    '# Into your axolotl configuration (written for axolotl 0.12 and later). Paths are relative to where you start it.',
    ...(format === 'alpaca' ? [] : ['chat_template: tokenizer_default']),
    'datasets:',
    ...dataset(train, false),
    ...(validation === undefined
      ? ['val_set_size: 0.05']
      : ['test_datasets:', ...dataset(validation, true), 'val_set_size: 0']),
    'train_on_inputs: false',
  );
}

function chatTemplate(format: ExportFormat): string[] {
  const [field, role, content] =
    format === 'sharegpt' ? ['conversations', 'from', 'value'] : ['messages', 'role', 'content'];
  return [
    '    type: chat_template',
    `    field_messages: ${field}`,
    '    message_property_mappings:',
    `      role: ${role}`,
    `      content: ${content}`,
    ...(format === 'sharegpt'
      ? ['    roles:', '      system: [system]', '      user: [human]', '      assistant: [gpt]']
      : []),
    '    roles_to_train: [assistant]',
    '    train_on_eos: turn',
  ];
}

function loadDataset({ kind, train, validation }: SnippetInput): string[] {
  const files = [`"train": "${train}"`, ...(validation === undefined ? [] : [`"validation": "${validation}"`])];
  return [`dataset = load_dataset("${DS_TYPE[kind]}", data_files={${files.join(', ')}})`];
}

function evaluation({ validation }: SnippetInput): string[] {
  return validation === undefined ? [] : ['    eval_dataset=dataset["validation"],'];
}

function trl(input: SnippetInput): string {
  const ownAnswers =
    input.format === 'prompt-completion'
      ? ['    completion_only_loss=True,  # learn the answers, not the prompts']
      : [
          '    # Learn the answers alone. The chat template must mark them with {% generation %};',
          '    # where yours does not, leave this out, or export prompt-completion.',
          '    assistant_only_loss=True,',
        ];
  return lines(
    '# Written for TRL 0.20 and later. Start it in this folder.',
    'from datasets import load_dataset',
    'from trl import SFTConfig, SFTTrainer',
    '',
    ...loadDataset(input),
    'dataset = dataset.remove_columns(["id"])',
    '',
    'config = SFTConfig(',
    '    output_dir="model",',
    ...ownAnswers,
    ')',
    'trainer = SFTTrainer(',
    '    model="Qwen/Qwen3-0.6B",  # yours',
    '    args=config,',
    '    train_dataset=dataset["train"],',
    ...evaluation(input),
    ')',
    'trainer.train()',
  );
}

function unsloth(input: SnippetInput): string {
  const column = input.format === 'sharegpt' ? 'conversations' : 'messages';
  return lines(
    '# Written for Unsloth of 2025 and later. Start it in this folder.',
    'from unsloth import FastLanguageModel',
    'from unsloth.chat_templates import get_chat_template, standardize_sharegpt, train_on_responses_only',
    'from datasets import load_dataset',
    'from trl import SFTConfig, SFTTrainer',
    '',
    'model, tokenizer = FastLanguageModel.from_pretrained("unsloth/Qwen3-4B", max_seq_length=4096, load_in_4bit=True)  # yours',
    'model = FastLanguageModel.get_peft_model(model, r=16, lora_alpha=16)',
    'tokenizer = get_chat_template(tokenizer, chat_template="chatml")',
    '',
    ...loadDataset(input),
    ...(input.format === 'sharegpt'
      ? [
          '# from and value become role and content',
          'dataset = {split: standardize_sharegpt(rows) for split, rows in dataset.items()}',
        ]
      : []),
    '',
    'def to_text(rows):',
    `    return {"text": [tokenizer.apply_chat_template(turns, tokenize=False) for turns in rows["${column}"]]}`,
    '',
    'dataset = {split: rows.map(to_text, batched=True) for split, rows in dataset.items()}',
    '',
    'trainer = SFTTrainer(',
    '    model=model,',
    '    tokenizer=tokenizer,',
    '    train_dataset=dataset["train"],',
    ...evaluation(input),
    '    args=SFTConfig(output_dir="model", dataset_text_field="text"),',
    ')',
    '# Learn the answers alone. The two marks belong to the chat template above.',
    'trainer = train_on_responses_only(',
    '    trainer,',
    '    instruction_part="<|im_start|>user\\n",',
    '    response_part="<|im_start|>assistant\\n",',
    ')',
    'trainer.train()',
  );
}

/** LLaMA-Factory's register of datasets. */
function datasetInfo({ format, train, validation, name }: SnippetInput): Record<string, unknown> {
  const describe = (file: string) => ({ file_name: file, ...LLAMA_FACTORY_COLUMNS[format] });
  return {
    [name]: describe(train),
    ...(validation !== undefined && { [`${name}_validation`]: describe(validation) }),
  };
}

const ROLE_TAGS = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
};
const FROM_TAGS = {
  role_tag: 'from',
  content_tag: 'value',
  user_tag: 'human',
  assistant_tag: 'gpt',
  system_tag: 'system',
};
const OF_MESSAGES = { formatting: 'sharegpt', columns: { messages: 'messages' }, tags: ROLE_TAGS };

const LLAMA_FACTORY_COLUMNS: Readonly<Partial<Record<ExportFormat, object>>> = {
  messages: OF_MESSAGES,
  calls: OF_MESSAGES,
  sharegpt: { formatting: 'sharegpt', columns: { messages: 'conversations' }, tags: FROM_TAGS },
  alpaca: { formatting: 'alpaca', columns: { prompt: 'instruction', query: 'input', response: 'output' } },
};

function llamaFactory({ name, validation }: SnippetInput): string {
  return lines(
    '# Into your LLaMA-Factory configuration (written for 0.9 and later).',
    '# dataset_dir is this folder: dataset_info.json in it describes the files.',
    'dataset_dir: .',
    `dataset: ${name}`,
    ...(validation === undefined ? ['val_size: 0.05'] : [`eval_dataset: ${name}_validation`]),
    'stage: sft',
    'do_train: true',
  );
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

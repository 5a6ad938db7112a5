import { parse } from 'yaml';
import { EXPORT_FORMATS, FORMATS } from '../../src/export/export-formats.js';
import { snippetsFor } from '../../src/export/snippets.js';

const INPUT = { kind: 'jsonl', train: 'train.jsonl', validation: 'validation.jsonl', name: 'canals' } as const;
const content = (...[trainer, input]: Parameters<typeof snippetsFor>) => snippetsFor(trainer, input)[0]?.content ?? '';

it('tells axolotl where the turns are', () => {
  expect(parse(content('axolotl', { ...INPUT, format: 'sharegpt' }))).toEqual({
    chat_template: 'tokenizer_default',
    datasets: [
      {
        path: './train.jsonl',
        ds_type: 'json',
        type: 'chat_template',
        field_messages: 'conversations',
        message_property_mappings: { role: 'from', content: 'value' },
        roles: { system: ['system'], user: ['human'], assistant: ['gpt'] },
        roles_to_train: ['assistant'],
        train_on_eos: 'turn',
      },
    ],
    test_datasets: [expect.objectContaining({ path: './validation.jsonl', split: 'train' })],
    val_set_size: 0,
    train_on_inputs: false,
  });
});

it('lets axolotl hold back a part where there is no file for it', () => {
  const { validation: _none, ...input } = INPUT;
  const told = parse(
    content('axolotl', { ...input, format: 'alpaca', kind: 'parquet', train: 'train.parquet' }),
  ) as object;
  expect(told).toEqual({
    datasets: [{ path: './train.parquet', ds_type: 'parquet', type: 'alpaca' }],
    val_set_size: 0.05,
    train_on_inputs: false,
  });
});

it('describes the files to LLaMA-Factory', () => {
  const [info, config] = snippetsFor('llama-factory', { ...INPUT, format: 'messages' });
  const described = {
    formatting: 'sharegpt',
    columns: { messages: 'messages' },
    tags: {
      role_tag: 'role',
      content_tag: 'content',
      user_tag: 'user',
      assistant_tag: 'assistant',
      system_tag: 'system',
    },
  };
  expect(JSON.parse(info?.content ?? '')).toEqual({
    canals: { file_name: 'train.jsonl', ...described },
    canals_validation: { file_name: 'validation.jsonl', ...described },
  });
  expect(parse(config?.content ?? '')).toMatchObject({ dataset: 'canals', eval_dataset: 'canals_validation' });
});

it('has TRL learn the answers alone', () => {
  expect(content('trl', { ...INPUT, format: 'prompt-completion' })).toContain('completion_only_loss=True');
  expect(content('trl', { ...INPUT, format: 'messages' })).toContain('assistant_only_loss=True');
});

it('has Unsloth rename the keys of ShareGPT, and tells it where answers begin', () => {
  expect(content('unsloth', { ...INPUT, format: 'sharegpt' })).toContain('standardize_sharegpt(rows)');
  const told = content('unsloth', { ...INPUT, format: 'messages' });
  expect(told).not.toContain('standardize_sharegpt(rows)');
  expect(told).toContain(String.raw`response_part="<|im_start|>assistant\n"`);
});

it('names no file as the package it imports, which would be imported instead', () => {
  const files = EXPORT_FORMATS.flatMap((format) =>
    FORMATS[format].trainers.flatMap((trainer) => snippetsFor(trainer, { ...INPUT, format }).map(({ file }) => file)),
  );
  expect(files).toContain('train_with_trl.py');
  expect(files.filter((file) => /^(trl|unsloth|datasets)\.py$/.test(file))).toEqual([]);
});

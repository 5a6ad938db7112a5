import { z } from 'zod';

const MESSAGE = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
});

/** The messages of a prompt in any form; the model's turn comes next. */
export const MESSAGES = z
  .array(MESSAGE, 'must be a list of messages, each with role and content')
  .min(1, 'must hold at least one message')
  .refine(
    (messages) => messages.length === 0 || messages.at(-1)?.role === 'user',
    'the last message must be from user',
  );

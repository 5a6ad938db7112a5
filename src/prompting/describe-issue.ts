import type { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

/** What is wrong with a value in a file, and what to do; goes on after the value's key. For zod, as its `error`. */
export function describeIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return describeType(issue.expected, issue.input);
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.join(', ')}`;
    case 'invalid_key':
      return 'needs a name';
    case 'too_big':
      return issue.origin === 'array' ? `may hold at most ${issue.maximum}` : `must be at most ${issue.maximum}`;
    case 'too_small':
      return describeTooSmall(issue);
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_union':
    case 'not_multiple_of':
      return undefined;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

function describeType(expected: string, input: unknown): string {
  if (input === undefined) return 'is missing';
  if (input === null) return 'is empty';
  const must = `must be ${KINDS[expected] ?? expected}`;
  if (expected === 'string') {
    return `${must}: put ${typeof input === 'number' || typeof input === 'boolean' ? input : 'it'} in quotes`;
  }
  return typeof input === 'string' && expected === 'number' ? `${must}, without quotes or other characters` : must;
}

function describeTooSmall({ origin, minimum, inclusive }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (origin === 'string') return 'is empty';
  return `must be ${inclusive === false ? 'more than' : 'at least'} ${minimum}`;
}

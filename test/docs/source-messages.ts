import { readFile } from 'node:fs/promises';
import { parse, type Expression, type Module, type TemplateLiteral } from '@swc/core';

/** Stands for what varies in a message. */
const VARIES = '...';

export interface SourceMessage {
  file: string;
  /** With `...` for what varies. */
  text: string;
}

/** What errors for people are made with; the others are met by our own code or by models' clients. */
const MAKES_ERROR = /^(?!Api|APIConnection|ModelCall|Endless|Type)\w+Error$/;
/** What doctor has people do. */
const MAKES_FINDING = 'fix';
/** Fewer words are a part of a message that stands elsewhere, or a word of the code's own. */
const FEWEST_WORDS = 3;

/** The texts that a file gives to errors for people; with `all`, every text in it that reads like a sentence. */
export async function readMessages(file: string, { all }: { all: boolean }): Promise<SourceMessage[]> {
  const texts = new Set<string>();
  visit(await parseSource(file), all, texts);
  return [...texts].filter(isSentence).map((text) => ({ file, text }));
}

/** Whether a file makes an error for people of a text that stands elsewhere. */
export async function takesMessages(file: string): Promise<boolean> {
  const takes = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    if ((node as Expression).type === 'NewExpression' && isMessageMade(node as Expression)) {
      const texts = new Set<string>();
      visit(node, false, texts);
      if (![...texts].some(isSentence)) return true;
    }
    return Object.values(node).some(takes);
  };
  return takes(await parseSource(file));
}

async function parseSource(file: string): Promise<Module> {
  return parse(await readFile(file, 'utf8'), { syntax: 'typescript', target: 'es2022' });
}

function isSentence(text: string): boolean {
  return text.split(/\s+/).filter((word) => /[a-z]{2}/i.test(word)).length >= FEWEST_WORDS;
}

/** @param taking whether texts found here belong to a message */
function visit(node: unknown, taking: boolean, texts: Set<string>): void {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, taking, texts);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type } = node as { type?: unknown };
  if (type === 'ImportDeclaration') return;
  const text = taking ? textOf(node as Expression) : undefined;
  if (text !== undefined) texts.add(text);
  const isMade = isMessageMade(node as Expression);
  const isSum = text !== undefined && type === 'BinaryExpression';
  for (const [name, value] of Object.entries(node)) {
    if (isSum && (name === 'left' || name === 'right')) visitInside(value, texts);
    else visit(value, taking || (isMade && name === 'arguments'), texts);
  }
}

/** Of a text that is taken as a whole, only what stands in its placeholders. */
function visitInside(node: unknown, texts: Set<string>): void {
  const { type } = node as Expression;
  if (type === 'StringLiteral') return;
  if (type === 'TemplateLiteral') visit((node as TemplateLiteral).expressions, true, texts);
  else if (type === 'BinaryExpression') {
    visitInside((node as { left: unknown }).left, texts);
    visitInside((node as { right: unknown }).right, texts);
  } else visit(node, true, texts);
}

function isMessageMade(node: Expression): boolean {
  if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && MAKES_ERROR.test(node.callee.value);
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  // What an error for people says in its own class.
  if (callee.type === 'Super') return true;
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.value === MAKES_FINDING;
}

/** Of a text, a template, or a sum of them. */
function textOf(node: Expression): string | undefined {
  if (node.type === 'StringLiteral') return node.value;
  if (node.type === 'TemplateLiteral') {
    const parts = node.quasis.map(({ cooked, raw }) => cooked ?? raw);
    return parts.join(VARIES);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  if (left === undefined && right === undefined) return undefined;
  return `${left ?? VARIES}${right ?? VARIES}`;
}

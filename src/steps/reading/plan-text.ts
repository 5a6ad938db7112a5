import type { Parsed } from '../step.js';
import { readProse } from './prose.js';

const HEADINGS =
  '(?:(?:character(?: card)?|scenario|scene|person) )?plan(?:ning)?|(?:charakter|figuren|szenario|szenen)plan|plan (?:du|de la|del|della|do|des) \\p{L}+|' +
  '(?:角色|人物|角色卡|场景|場景)?(?:计划|計画|計劃)|خطة(?: \\p{L}+)?|план(?: \\p{L}+)?';

/** Reads a plan, which is the whole reply. */
export function readPlanText(reply: string): Parsed<string> {
  return readProse(reply, { headings: HEADINGS, form: 'Write the plan only.' });
}

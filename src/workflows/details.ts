import { STAGES } from '../records.js';
import type { ChunkStory, ConversationRecord, Funnel, Outcome } from '../records.js';
import { standingPair } from './vetting.js';

/** What the Web UI shows as a workflow's current details, in Markdown. Pure. */

export function describeChunk(label: string, story: ChunkStory, outcome?: Outcome): string {
  const questions = story.questions.map((question) => {
    const pair = story.pairs.find((each) => each.number === question.number);
    return `${question.number}. ${standingPair(question).question} – ${describeOutcome(pair ?? question)}`;
  });
  const judged = story.judge.verdict && `Judged ${story.judge.verdict}.`;
  const conversations = story.conversations.map((each) => `- ${describeConversation(each)}: ${describeOutcome(each)}`);
  const end = outcome?.reason && `**${outcome.state}** at ${outcome.step}: ${firstLine(outcome.reason)}`;
  return [label, judged, questions.join('\n'), conversations.join('\n'), end].filter(Boolean).join('\n\n');
}

export function describeFunnel(title: string, funnel: Funnel): string {
  const rows = STAGES.map((stage) => {
    const count = funnel[stage];
    return `| ${stage} | ${count.in} | ${count.accepted} | ${count.rejected} | ${count.failed} |`;
  });
  return [title, '', '| | in | accepted | rejected | failed |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function describeConversation({ number, scene }: ConversationRecord): string {
  const names = [scene?.character?.name, scene?.scenario?.secondCharacter].filter(Boolean).join(' and ');
  return names === '' ? `conversation ${number}` : `conversation ${number}, ${names}`;
}

function describeOutcome({ state, reason }: Outcome): string {
  return reason === undefined ? state : `${state}: ${firstLine(reason)}`;
}

const LONGEST_REASON = 160;

function firstLine(reason: string): string {
  const line = reason.split('\n', 1)[0] ?? '';
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}

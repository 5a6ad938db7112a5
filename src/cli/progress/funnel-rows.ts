import { formatCount } from '../../format.js';
import type { Funnel, StageCount } from '../../records.js';

/** A place in the funnel: what came through, and what of its stage did not. */
interface Place {
  name: string;
  through: number;
  rejected?: number;
  failed?: number;
}

const LABEL_WIDTH = 8;
const GAP = 3;

/** Stages side by side with what came through each; where that is too wide, one row of what came through. */
export function funnelRows(funnel: Funnel, columns: number): string[] {
  const places = placesOf(funnel);
  const table = tableOf(places);
  if ((table[0]?.length ?? 0) <= columns) return table;
  return [places.map(({ name, through }) => `${formatCount(through)} ${name}`).join(' > ')];
}

/** Of each chunk, question, pair and conversation whose chunk is done. */
function placesOf({ chunks, worthy, questions, pairs, conversations }: Funnel): Place[] {
  return [
    { name: 'chunks', through: chunks.in },
    { name: 'worthy', through: worthy, ...dropped(chunks) },
    { name: 'questions', through: questions.in },
    { name: 'vetted', through: questions.accepted, ...dropped(questions) },
    { name: 'revised', through: pairs.accepted, ...dropped(pairs) },
    { name: 'conversations', through: conversations.accepted, ...dropped(conversations) },
  ];
}

function dropped({ rejected, failed }: StageCount): Pick<Place, 'rejected' | 'failed'> {
  return { rejected, failed };
}

function tableOf(places: readonly Place[]): string[] {
  const row = (label: string, cells: readonly string[]) =>
    label.padEnd(LABEL_WIDTH) + cells.map((cell, place) => cell.padStart(widthOf(places[place] as Place))).join('');
  const losses = (['rejected', 'failed'] as const).filter((key) => places.some((place) => (place[key] ?? 0) > 0));
  return [
    row(
      '',
      places.map(({ name }) => name),
    ),
    row(
      'through',
      places.map(({ through }) => formatCount(through)),
    ),
    ...losses.map((key) =>
      row(
        key,
        places.map((place) => (place[key] === undefined ? '' : formatCount(place[key]))),
      ),
    ),
  ];
}

/** As wide as its name or a count of six digits; the same from look to look. */
function widthOf({ name }: Place): number {
  return GAP + Math.max(name.length, '123,456'.length);
}

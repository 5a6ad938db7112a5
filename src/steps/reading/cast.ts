import { unusable, usable, type Parsed } from '../step.js';

/** Who speaks in a conversation. */
export interface Cast {
  answerer: string;
  asker: string;
}

/** The two speakers of a reply: the character, and the second one, or else whoever else speaks first. */
export function castOf(reply: string, answerer: string, second: string | undefined): Parsed<Cast> {
  if (second !== undefined) return usable({ answerer, asker: second });
  const others = [...reply.matchAll(/^[*_"]*([\p{L}][^:\n]{0,40}?)[*_"]*:/gmu)].map(([, name = '']) => name.trim());
  const asker = others.find((name) => name !== answerer);
  return asker === undefined
    ? unusable(`Nobody but ${answerer} speaks: begin every turn with a name and a colon.`)
    : usable({ answerer, asker });
}

// What the page works out from a list of answers.

import type { Answer } from "glassformer";

export interface Part {
  text: string;
  /** Rank of the best answer that covers it, from 0; null for none. */
  rank: number | null;
}

/** Cuts the context at the edges of all answers; where answers overlap, `chosen` wins, then rank. */
export function partsOf(context: string, answers: readonly Answer[], chosen: number): Part[] {
  const spans = answers
    .map(({ start, end }, rank) => ({ start, end, rank }))
    .filter(({ start, end }) => end > start);
  const edges = new Set([0, context.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...edges].sort((a, b) => a - b);
  const order = (rank: number) => (rank === chosen ? -1 : rank);
  const parts: Part[] = [];
  cuts.slice(1).forEach((end, i) => {
    const start = cuts[i]!;
    const covering = spans.filter((span) => span.start <= start && end <= span.end);
    covering.sort((a, b) => order(a.rank) - order(b.rank));
    addPart(parts, { text: context.slice(start, end), rank: covering[0]?.rank ?? null });
  });
  return parts;
}

/** Neighbours of one rank are one part. */
function addPart(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (last?.rank === part.rank) last.text += part.text;
  else parts.push(part);
}

// What a head is like, measured: how much of its attention goes where, averaged over the queries.
// After Clark et al., What Does BERT Look At? (2019), section 3.

import { isSquare, type Attention } from "./trace.js";

/** Where attention can go: each is a share, 0 to 1. */
export const kTraits = ["previous", "next", "same", "first", "separator", "broad"] as const;
export type Trait = (typeof kTraits)[number];

export interface Character {
  shares: Record<Trait, number>;
  /** What most of the attention does, or null if nothing stands out. */
  main: Trait | null;
}

const kMostly = 0.4; // of all weight: what a head does that much stands out
const kBroad = 0.8; // of the entropy of an even spread: such a head looks nearly everywhere

/** `weights`: one head's, [n_q, n_k]. */
export function characterOf(attention: Attention, weights: Float32Array): Character {
  const shares = { previous: 0, next: 0, same: 0, first: 0, separator: 0, broad: 0 };
  const queries = askingTokens(attention);
  for (const query of queries) addRow(shares, attention, weights, query);
  for (const trait of kTraits) shares[trait] /= queries.length;
  return { shares, main: mainOf(shares) };
}

/** Special tokens have habits of their own: they count only where there is nothing else. */
function askingTokens({ queries }: Attention): number[] {
  const all = queries.map((_, i) => i);
  const words = all.filter((i) => !queries[i]!.isSpecial);
  return words.length > 0 ? words : all;
}

function addRow(
  shares: Record<Trait, number>,
  attention: Attention,
  weights: Float32Array,
  query: number,
): void {
  const { queries, keys, isCausal } = attention;
  const isOneText = isSquare(attention);
  const row = weights.subarray(query * keys.length, (query + 1) * keys.length);
  const visible = isCausal ? query + 1 : keys.length;
  let entropy = 0;
  for (let key = 0; key < visible; key += 1) {
    const weight = row[key]!;
    if (weight > 0) entropy -= weight * Math.log(weight);
    if (isOneText && key === query - 1) shares.previous += weight;
    if (isOneText && key === query + 1) shares.next += weight;
    if (key === 0) shares.first += weight;
    else if (keys[key]!.isSpecial) shares.separator += weight;
    const isSame = isOneText
      ? queries[query]!.word === keys[key]!.word
      : queries[query]!.text === keys[key]!.text;
    if (isSame) shares.same += weight;
  }
  if (visible > 1) shares.broad += entropy / Math.log(visible);
}

function mainOf(shares: Record<Trait, number>): Trait | null {
  const narrow = kTraits.filter((trait) => trait !== "broad");
  const strongest = narrow.reduce((a, b) => (shares[b] > shares[a] ? b : a));
  if (shares[strongest] >= kMostly) return strongest;
  return shares.broad >= kBroad ? "broad" : null;
}

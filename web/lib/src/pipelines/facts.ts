// From the engine's answer to what a task tells besides its result.

import type { EngineTokens } from "../seam.js";
import { unstack } from "../tensor.js";
import type { RunAnswer } from "../worker/api.js";
import type { Facts, InspectedHead, TokenFacts, TraceOptions } from "./facts-types.js";

export type AllTraces = { output_attentions: true; output_hidden_states: true; inspect: object };

/** Only what `wish` asks for. */
export function factsOf(answer: RunAnswer, wish: TraceOptions): Facts<AllTraces> {
  const { tokens, attentions, hiddenStates } = answer;
  const isTraced = wish.output_attentions || wish.output_hidden_states || wish.inspect;
  const facts: Partial<Facts<AllTraces>> = { truncated: tokens.truncated };
  if (isTraced) Object.assign(facts, tokenFacts(tokens));
  if (wish.output_attentions) facts.attentions = unstack(attentions.self);
  if (wish.output_hidden_states) facts.hidden_states = unstack(hiddenStates.main);
  if (wish.inspect) facts.inspected = inspectedHead(answer);
  return facts as Facts<AllTraces>;
}

function inspectedHead({ tensors }: RunAnswer): InspectedHead {
  const part = (name: string) => tensors[`inspect.${name}`]!;
  return {
    hidden: part("hidden"),
    ...{ q: part("q"), k: part("k"), v: part("v") },
    ...{ scores: part("scores"), probs: part("probs") },
  };
}

export function tokenFacts(engineTokens: EngineTokens): TokenFacts {
  const { tokens, ids, offsets, special, sequenceIds } = engineTokens;
  return {
    tokens,
    ids: Array.from(ids),
    offsets: tokens.map((_, i) => [offsets[2 * i]!, offsets[2 * i + 1]!]),
    special: Array.from(special, Boolean),
    sequence_ids: Array.from(sequenceIds, (id) => (id === 0 || id === 1 ? id : null)),
  };
}

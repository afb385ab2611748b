// Text classification: which label, and how sure.

import type { ModelLease } from "../client/model-lease.js";
import { GlassformerError } from "../errors.js";
import { invalid, readBoolean, readSignal, refuseUnknown } from "../options.js";
import type { RunRequest } from "../seam.js";
import { unstack } from "../tensor.js";
import { wellFormed } from "../text.js";
import type { EngineTokens } from "../seam.js";
import type { RunAnswer } from "../worker/api.js";
import type { ModelFacts } from "./model-facts.js";
import type {
  Classification,
  ClassificationInput,
  ClassificationOptions,
  Facts,
  TextClassificationPipeline,
  TokenFacts,
} from "./text-classification-types.js";

const kTask = "text-classification";
const kOptions = ["top_k", "output_attentions", "output_hidden_states", "signal"] as const;

type Traced = { output_attentions: true; output_hidden_states: true };

interface Wish {
  /** null for all. */
  topK: number | null;
  outputAttentions: boolean;
  outputHiddenStates: boolean;
  signal: AbortSignal | undefined;
}

export function createTextClassification(
  model: ModelFacts,
  lease: ModelLease,
): TextClassificationPipeline {
  let isDisposed = false;
  const classifyOne = async (
    input: ClassificationInput,
    wish: Wish,
  ): Promise<Classification<Traced>> => {
    const answer = await lease.run(requestFor(input, wish), wish.signal);
    return Object.assign(answer.labels, factsOf(answer, wish));
  };
  const classify = async (inputs: unknown, options: ClassificationOptions = {}) => {
    if (isDisposed)
      throw new GlassformerError("INVALID_ARGUMENT", `${kTask}: this pipeline was disposed of`);
    const wish = readOptions(options);
    if (!Array.isArray(inputs)) return classifyOne(readInput(inputs), wish);
    const results = await Promise.all(
      inputs.map(readInput).map((input) => classifyOne(input, wish)),
    );
    return wish.topK === 1 ? flatten(results) : results;
  };
  const dispose = () => {
    isDisposed = true;
    return lease.release();
  };
  // The overloads say which options give which properties; the compiler cannot follow that through
  // one function.
  return Object.assign(classify, {
    task: kTask,
    model,
    dispose,
  }) as unknown as TextClassificationPipeline;
}

function readInput(value: unknown): ClassificationInput {
  if (typeof value === "string") return value;
  const { text, text_pair } = (value ?? {}) as { text?: unknown; text_pair?: unknown };
  const isPair =
    typeof text === "string" && (text_pair === undefined || typeof text_pair === "string");
  if (!isPair)
    throw invalid(
      kTask,
      "its input",
      "a string or { text, text_pair }, or an array of these",
      value,
    );
  return value as ClassificationInput;
}

function readOptions(options: ClassificationOptions): Wish {
  refuseUnknown(kTask, options, kOptions);
  const { top_k = 1 } = options;
  const isCount = top_k === null || (Number.isSafeInteger(top_k) && top_k > 0);
  if (!isCount)
    throw invalid(kTask, "top_k", "a positive whole number, or null for all labels", top_k);
  return {
    topK: top_k,
    outputAttentions: readBoolean(kTask, "output_attentions", options.output_attentions),
    outputHiddenStates: readBoolean(kTask, "output_hidden_states", options.output_hidden_states),
    signal: readSignal(kTask, options.signal),
  };
}

function requestFor(input: ClassificationInput, wish: Wish): RunRequest {
  const { text, text_pair } =
    typeof input === "string" ? { text: input, text_pair: undefined } : input;
  return {
    task: kTask,
    text: wellFormed(text),
    textPair: wellFormed(text_pair ?? ""),
    hasTextPair: text_pair !== undefined,
    topK: wish.topK ?? 0,
    outputAttentions: wish.outputAttentions,
    outputHiddenStates: wish.outputHiddenStates,
  };
}

function factsOf({ tokens, attentions, hiddenStates }: RunAnswer, wish: Wish): Facts<Traced> {
  const isTraced = wish.outputAttentions || wish.outputHiddenStates;
  const facts: Partial<Facts<Traced>> = { truncated: tokens.truncated };
  if (isTraced) Object.assign(facts, tokenFacts(tokens));
  if (wish.outputAttentions) facts.attentions = unstack(attentions);
  if (wish.outputHiddenStates) facts.hidden_states = unstack(hiddenStates);
  return facts as Facts<Traced>;
}

function tokenFacts({ tokens, ids, offsets, special }: EngineTokens): TokenFacts {
  return {
    tokens,
    ids: Array.from(ids),
    offsets: tokens.map((_, i) => [offsets[2 * i]!, offsets[2 * i + 1]!]),
    special: Array.from(special, Boolean),
  };
}

/**
 * With one label for each text, Hugging Face gives a flat array; what is known of each text goes
 * beside it.
 */
function flatten(results: Classification<Traced>[]) {
  const details = results.map(
    ({ truncated, tokens, ids, offsets, special, attentions, hidden_states }) => {
      const facts = { truncated, tokens, ids, offsets, special, attentions, hidden_states };
      return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
    },
  );
  return Object.assign(results.flat(), { details });
}

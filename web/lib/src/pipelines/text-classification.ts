// Text classification: which label, and how sure.

import type { ModelLease } from "../client/model-lease.js";
import { factsOf, type AllTraces } from "./facts.js";
import { makePipeline } from "./make-pipeline.js";
import type { ModelFacts } from "./model-facts.js";
import { readInputs, readWish, runTexts, type RunText } from "./request.js";
import type {
  Classification,
  ClassificationOptions,
  LabelScore,
  TextClassificationPipeline,
} from "./text-classification-types.js";

const kTask = "text-classification";
const kExpected = "a string or { text, text_pair }";

export function createTextClassification(
  model: ModelFacts,
  lease: ModelLease,
): TextClassificationPipeline {
  const classify = async (input: unknown, options: ClassificationOptions = {}) => {
    const wish = readWish(kTask, options, ["top_k"]);
    const answers = await runTexts(
      lease,
      kTask,
      readInputs(kTask, input, kExpected, readInput),
      wish,
    );
    const results = answers.map((answer): Classification<AllTraces> =>
      Object.assign(answer.output as LabelScore[], factsOf(answer, options)),
    );
    if (!Array.isArray(input)) return results[0];
    const { top_k = 1 } = options;
    return top_k === 1 ? flatten(results) : results;
  };
  // The overloads say which options give which properties; the compiler cannot follow that through
  // one function.
  return makePipeline(kTask, model, lease, classify) as unknown as TextClassificationPipeline;
}

function readInput(value: unknown): RunText | undefined {
  if (typeof value === "string") return { text: value };
  const { text, text_pair } = (value ?? {}) as { text?: unknown; text_pair?: unknown };
  const isPair =
    typeof text === "string" && (text_pair === undefined || typeof text_pair === "string");
  return isPair ? { text, pair: text_pair } : undefined;
}

/**
 * With one label for each text, Hugging Face gives a flat array; what is known of each text goes
 * beside it.
 */
function flatten(results: Classification<AllTraces>[]) {
  const details = results.map((labels) => {
    const { truncated, tokens, ids, offsets, special, sequence_ids } = labels;
    const { attentions, hidden_states, inspected } = labels;
    const facts = { truncated, tokens, ids, offsets, special, sequence_ids };
    const all = { ...facts, attentions, hidden_states, inspected };
    return Object.fromEntries(Object.entries(all).filter(([, fact]) => fact !== undefined));
  });
  return Object.assign(results.flat(), { details });
}

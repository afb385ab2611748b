// A stand-in for a generation: every step says one more word of each text, in capitals.

import type { EngineTensor, EngineTokens, Generation, Status } from "../../../web/lib/src/seam.js";

export interface FakeGenerationOptions {
  num_beams?: number;
  num_return_sequences?: number;
  max_new_tokens?: number;
  return_full_text?: boolean;
  seed?: number;
}

const kFields: Record<string, string> = {
  translation: "translation_text",
  summarization: "summary_text",
};
const kOk: Status = { code: "OK", message: "" };
const kLayers = 2;

/** With beams every step has two hypotheses; the n-th sequence of a text ends with "+n". */
export function fakeGeneration(
  task: string,
  texts: string[],
  options: FakeGenerationOptions,
  onStep: () => void,
  onDelete: () => void,
): Generation {
  const words = texts.map((text) =>
    (text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [])
      .slice(0, options.max_new_tokens)
      .map((word) => word.toUpperCase()),
  );
  const longest = Math.max(...words.map(({ length }) => length));
  let step = 0;
  const continues = task === "text-generation";
  const said = (text: number, count: number) =>
    (continues ? " " : "") + words[text]!.slice(0, count).join(" ");
  const hypotheses = (text: number) => {
    const one = {
      parent: 0,
      id: step,
      token: words[text]![step]!,
      text: said(text, step + 1),
      log_probability: -0.5,
      score: -0.5 * (step + 1),
      finished: step + 1 === words[text]!.length,
    };
    return (options.num_beams ?? 1) > 1 ? [one, { ...one, text: `${one.text}?` }] : [one];
  };
  const sequences = (text: number) =>
    Array.from({ length: options.num_return_sequences ?? 1 }, (_, i) => {
      const whole = said(text, longest) + (i > 0 ? `+${i}` : "");
      const before = continues && options.return_full_text !== false ? texts[text] : "";
      return {
        [kFields[task] ?? "generated_text"]: `${before}${whole}`,
        score: -i,
        token_ids: words[text]!.map((_, id) => id),
      };
    });
  return {
    status: () => kOk,
    isFinished: () => step >= longest,
    step() {
      onStep();
      const running = texts.map((_, text) => text).filter((text) => step < words[text]!.length);
      const told = running.map((text) => ({
        index: text,
        finished: step + 1 === words[text]!.length,
        hypotheses: hypotheses(text),
        candidates: [],
      }));
      return JSON.stringify({ step: step++, texts: told });
    },
    output() {
      const all = texts.map((_, text) => sequences(text));
      return JSON.stringify(all.length === 1 ? all[0] : all);
    },
    tokens: (text) => tokensOf(texts[text]!.split(" ")),
    sequenceTokens: (text) => tokensOf(words[text]!),
    attentions: (kind, text) => {
      const n = words[text]!.length;
      const m = texts[text]!.split(" ").length;
      const [q, k] = kind === "self" ? [m, m] : kind === "decoder" ? [n, n] : [n, m];
      return uniform([kLayers, 1, q, k]);
    },
    hiddenStates: (stream, text) =>
      uniform([kLayers + 1, stream === "main" ? texts[text]!.length : words[text]!.length, 4]),
    delete: onDelete,
  };
}

function tokensOf(tokens: string[]): EngineTokens {
  return {
    ids: Int32Array.from(tokens, (_, i) => i),
    tokens,
    offsets: new Int32Array(2 * tokens.length),
    special: new Uint8Array(tokens.length),
    sequenceIds: new Int8Array(tokens.length),
    truncated: 0,
  };
}

function uniform(dims: number[]): EngineTensor {
  const size = dims.reduce((product, dim) => product * dim, 1);
  return { data: new Float32Array(size).fill(1 / dims.at(-1)!), dims };
}

/** Of a request that the engine refuses. */
export function failedGeneration(code: string, message: string): Generation {
  const fail = (): never => {
    throw new Error("asked after a failed start");
  };
  return {
    status: () => ({ code, message }),
    isFinished: fail,
    step: fail,
    output: fail,
    tokens: fail,
    sequenceTokens: fail,
    attentions: fail,
    hiddenStates: fail,
    delete: () => undefined,
  };
}

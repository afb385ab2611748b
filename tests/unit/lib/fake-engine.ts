// A stand-in for the WebAssembly module: the same seam, a page of memory, and answers that a test
// can predict.

import type {
  Engine,
  EngineModule,
  EngineTensor,
  FileSlot,
  Generation,
  LoadBegun,
  LoadOptions,
  ModelInfo,
  PieceSlot,
  RunResult,
  Status,
} from "../../../web/lib/src/seam.js";
import type { RunRequest } from "../../../web/lib/src/worker/api.js";
import { failedGeneration, fakeGeneration, type FakeGenerationOptions } from "./fake-generation.js";

const kOk: Status = { code: "OK", message: "" };
const kMemoryBytes = 1 << 16;
/** Smaller than a chunk of the network. */
const kPieceBytes = 100;
export const kLayers = 2;
export const kHeads = 3;
const kModelWidth = 4;
const kMaxTokens = 8;

/** What a test may look at, and what it may make go wrong. */
export interface FakeState {
  /** Text of each file at the time of finishLoad, by name. */
  loadedFiles: Map<string, string>[];
  openModels: Set<number>;
  requests: RunRequest[];
  generations: { task: string; texts: string[]; options: FakeGenerationOptions }[];
  /** Of all generations. */
  steps: number;
  startStatus: Status;
  undeletedResults: number;
  loadStatus: Status;
  /** What every model is for. */
  task: string;
  /** What the engine says to the weights, as far as they have come. */
  feedStatus: (weights: string) => Status;
  /** Called at the start of each run; may throw as a trap does. */
  onRun: (request: RunRequest) => void;
  loadOptions: LoadOptions | undefined;
}

export function fakeState(): FakeState {
  return {
    loadedFiles: [],
    openModels: new Set(),
    requests: [],
    generations: [],
    steps: 0,
    startStatus: kOk,
    undeletedResults: 0,
    loadStatus: kOk,
    task: "text-classification",
    feedStatus: () => kOk,
    onRun: () => undefined,
    loadOptions: undefined,
  };
}

interface Slot {
  address: number;
  bytes: number;
}

interface FakeIndex {
  weight_map: Record<string, string>;
}

/**
 * Every call of `allocateFile` replaces HEAPU8, as a growing memory does: whoever keeps a view
 * writes into the void.
 */
export function fakeModule(state: FakeState): EngineModule {
  let memory = new Uint8Array(kMemoryBytes);
  let nextAddress = 16;
  let lastHandle = 0;
  const files = new Map<number, Map<string, Slot>>();
  const open = new Map<number, { name: string; address: number; text: string }>();
  const streamed = new Map<number, Map<string, string>>();
  const decode = ({ address, bytes }: Slot) =>
    new TextDecoder().decode(memory.slice(address, address + bytes));
  const texts = (model: number) =>
    new Map([...files.get(model)!].map(([name, slot]) => [name, decode(slot)]));

  class FakeEngine implements Engine {
    openModel(): number {
      lastHandle += 1;
      state.openModels.add(lastHandle);
      files.set(lastHandle, new Map());
      streamed.set(lastHandle, new Map());
      return lastHandle;
    }

    allocateFile(model: number, name: string, bytes: number): FileSlot {
      const grown = new Uint8Array(kMemoryBytes);
      grown.set(memory);
      memory = grown;
      const address = nextAddress;
      nextAddress += bytes;
      files.get(model)!.set(name, { address, bytes });
      return { status: kOk, address };
    }

    beginLoad(model: number, options: LoadOptions): LoadBegun {
      state.loadOptions = options;
      const index = texts(model).get("model.safetensors.index.json");
      const map = index ? (JSON.parse(index) as FakeIndex).weight_map : { a: "model.safetensors" };
      return { status: kOk, weightFiles: [...new Set(Object.values(map))].sort() };
    }

    openWeights(model: number, name: string): PieceSlot {
      const { address } = this.allocateFile(model, name, 0);
      nextAddress += kPieceBytes;
      open.set(model, { name, address, text: "" });
      return { status: kOk, address, bytes: kPieceBytes };
    }

    feedWeights(model: number, count: number): Status {
      const weights = open.get(model)!;
      weights.text += decode({ address: weights.address, bytes: count });
      streamed.get(model)!.set(weights.name, weights.text);
      return state.feedStatus(weights.text);
    }

    finishLoad(model: number): ModelInfo {
      state.loadedFiles.push(new Map([...texts(model), ...streamed.get(model)!]));
      const { loadStatus: status, task } = state;
      return { status, ...kInfo, task, labels: ["NEGATIVE", "POSITIVE"] };
    }

    closeModel(model: number): void {
      state.openModels.delete(model);
      files.delete(model);
    }

    run(model: number, task: string, texts: string[], pairs: string[], options: string): RunResult {
      const request = { task, texts, pairs, options };
      state.onRun(request);
      state.requests.push(request);
      if (!state.openModels.has(model)) return failedResult(`run: no model ${model}`);
      state.undeletedResults += 1;
      return fakeResult(request, () => (state.undeletedResults -= 1));
    }

    start(model: number, task: string, texts: string[], options: string): Generation {
      const { code, message } = state.startStatus;
      if (code !== "OK") return failedGeneration(code, message);
      if (!state.openModels.has(model)) return failedGeneration("NOT_FOUND", `no model ${model}`);
      const parsed = JSON.parse(options) as FakeGenerationOptions;
      state.generations.push({ task, texts, options: parsed });
      state.undeletedResults += 1;
      return fakeGeneration(
        task,
        texts,
        parsed,
        () => (state.steps += 1),
        () => (state.undeletedResults -= 1),
      );
    }

    delete(): void {}
  }

  return {
    get HEAPU8() {
      return memory;
    },
    Engine: FakeEngine,
  };
}

const kInfo = {
  family: "bert",
  parameters: 1000,
  weightBytes: 4000,
  layers: kLayers,
  heads: kHeads,
  maxTokens: kMaxTokens,
};

interface FakeOptions {
  top_k?: number | null;
  output_attentions?: boolean;
  output_hidden_states?: boolean;
  output_scores?: boolean;
  pooling?: string;
  inspect?: object;
}

/** What tasks answer, other than with labels. */
const kOutputs: Record<string, (text: string, pair: string) => object[]> = {
  "question-answering": (_, context) => fakeAnswers(context),
  "fill-mask": (text) => [
    { score: 0.5, token: 7, token_str: "good", sequence: text.replace("[MASK]", "good") },
  ],
  "token-classification": () => [
    { entity: "B-PER", score: 0.5, index: 1, word: "Ada", start: 0, end: 3 },
  ],
};

function tensorNames(task: string, options: FakeOptions): string[] {
  if (options.inspect)
    return ["q", "k", "v", "scores", "probs", "hidden"].map((name) => `inspect.${name}`);
  if (task === "feature-extraction") return ["features"];
  return options.output_scores ? ["start_scores", "end_scores"] : [];
}

/** Features and parts of heads have two numbers for each token: 0 and 1. */
function fakeTensor(name: string, n: number, options: FakeOptions): EngineTensor {
  if (name.endsWith("_scores"))
    return { data: new Float32Array(n).fill(name === "start_scores" ? 0.25 : 0.5), dims: [n] };
  if (name !== "features") return ramp([n, 2]);
  return options.pooling ? ramp([1, 2]) : ramp([1, n, 2]);
}

/** The words of the context, each half as likely as the one before. */
function fakeAnswers(context: string): object[] {
  return [...context.matchAll(/\S+/g)].map((match, i) => {
    const [start, end] = [match.index, match.index + match[0].length];
    return { score: 0.5 ** (i + 1), start, end, answer: match[0] };
  });
}

function fakeResult({ task, texts, pairs, options }: RunRequest, onDelete: () => void): RunResult {
  const wish = JSON.parse(options) as FakeOptions;
  const of = (i: number) => fakeAnswer(task, texts[i]!, pairs[i] ?? "", wish);
  return {
    status: () => kOk,
    output: (i) => of(i).output(),
    tensorNames: () => tensorNames(task, wish),
    tensor: (i, name) => fakeTensor(name, of(i).tokens().tokens.length, wish),
    tokens: (i) => of(i).tokens(),
    attentions: (kind, i) =>
      wish.output_attentions && kind === "self"
        ? uniformAttention(of(i).tokens().tokens.length)
        : kEmpty(),
    hiddenStates: (stream, i) =>
      wish.output_hidden_states && stream === "main"
        ? ramp([kLayers + 1, of(i).tokens().tokens.length, kModelWidth])
        : kEmpty(),
    delete: onDelete,
  };
}

/** Words are tokens. POSITIVE with 0.75 for a text with "good" in it, else NEGATIVE. */
function fakeAnswer(task: string, text: string, pair: string, options: FakeOptions) {
  const words = [...text.matchAll(/\S+/g)];
  const kept = words.slice(0, kMaxTokens - 2);
  const tokens = ["[CLS]", ...kept.map(([word]) => word), "[SEP]"];
  const spans = kept.flatMap((match) => [match.index, match.index + match[0].length]);
  const end = text.length;
  const positive = text.includes("good") ? 0.75 : 0.25;
  const labels = [
    { label: "POSITIVE", score: positive },
    { label: "NEGATIVE", score: 1 - positive },
  ].sort((a, b) => b.score - a.score);
  const { top_k: topK = 1 } = options;
  return {
    output: () => {
      const answers = kOutputs[task]?.(text, pair) ?? labels;
      return JSON.stringify(answers.slice(0, topK ?? answers.length));
    },
    tokens: () => ({
      ids: Int32Array.from(tokens, (_, i) => 100 + i),
      tokens,
      offsets: Int32Array.from([0, 0, ...spans, end, end]),
      special: Uint8Array.from(tokens, (_, i) => Number(i === 0 || i === tokens.length - 1)),
      sequenceIds: Int8Array.from(tokens, (_, i) => (i === 0 || i === tokens.length - 1 ? -1 : 0)),
      truncated: words.length - kept.length,
    }),
  };
}

const kEmpty = (): EngineTensor => ({ data: new Float32Array(0), dims: [] });

function uniformAttention(n: number): EngineTensor {
  return {
    data: new Float32Array(kLayers * kHeads * n * n).fill(1 / n),
    dims: [kLayers, kHeads, n, n],
  };
}

function ramp(dims: number[]): EngineTensor {
  const size = dims.reduce((product, dim) => product * dim, 1);
  return { data: Float32Array.from({ length: size }, (_, i) => i), dims };
}

function failedResult(message: string): RunResult {
  const fail = (): never => {
    throw new Error("read after a failed status");
  };
  const status = { code: "INVALID_ARGUMENT", message };
  const none = {
    output: fail,
    tensorNames: fail,
    tensor: fail,
    tokens: fail,
    attentions: fail,
    hiddenStates: fail,
  };
  return { status: () => status, ...none, delete: () => undefined };
}

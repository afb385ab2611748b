// A stand-in for the WebAssembly module: the same seam, a page of memory, and answers that a test
// can predict.

import type {
  Engine,
  EngineModule,
  EngineTensor,
  FileSlot,
  LoadOptions,
  ModelInfo,
  RunRequest,
  RunResult,
  Status,
} from "../../../web/lib/src/seam.js";

const kOk: Status = { code: "OK", message: "" };
const kMemoryBytes = 1 << 16;
export const kLayers = 2;
export const kHeads = 3;
const kModelWidth = 4;
const kMaxTokens = 8;

/** What a test may look at, and what it may make go wrong. */
export interface FakeState {
  /** Text of each file at the time of loadModel, by name. */
  loadedFiles: Map<string, string>[];
  openModels: Set<number>;
  requests: RunRequest[];
  undeletedResults: number;
  loadStatus: Status;
  /** Called at the start of each run; may throw as a trap does. */
  onRun: (request: RunRequest) => void;
  loadOptions: LoadOptions | undefined;
}

export function fakeState(): FakeState {
  return {
    loadedFiles: [],
    openModels: new Set(),
    requests: [],
    undeletedResults: 0,
    loadStatus: kOk,
    onRun: () => undefined,
    loadOptions: undefined,
  };
}

/**
 * Every call of `allocateFile` replaces HEAPU8, as a growing memory does: whoever keeps a view
 * writes into the void.
 */
export function fakeModule(state: FakeState): EngineModule {
  let memory = new Uint8Array(kMemoryBytes);
  let nextAddress = 16;
  let lastHandle = 0;
  const files = new Map<number, Map<string, { address: number; bytes: number }>>();

  class FakeEngine implements Engine {
    openModel(): number {
      lastHandle += 1;
      state.openModels.add(lastHandle);
      files.set(lastHandle, new Map());
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

    loadModel(model: number, options: LoadOptions): ModelInfo {
      const decode = ({ address, bytes }: { address: number; bytes: number }) =>
        new TextDecoder().decode(memory.slice(address, address + bytes));
      state.loadedFiles.push(
        new Map([...files.get(model)!].map(([name, slot]) => [name, decode(slot)])),
      );
      state.loadOptions = options;
      return { status: state.loadStatus, ...kInfo, labels: ["NEGATIVE", "POSITIVE"] };
    }

    closeModel(model: number): void {
      state.openModels.delete(model);
      files.delete(model);
    }

    run(model: number, request: RunRequest): RunResult {
      state.onRun(request);
      state.requests.push(request);
      if (!state.openModels.has(model)) return failedResult(`run: no model ${model}`);
      state.undeletedResults += 1;
      return fakeResult(request, () => (state.undeletedResults -= 1));
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
  task: "text-classification",
  parameters: 1000,
  weightBytes: 4000,
  layers: kLayers,
  heads: kHeads,
  maxTokens: kMaxTokens,
};

/** Words are tokens. POSITIVE with 0.75 for a text with "good" in it, else NEGATIVE. */
function fakeResult(request: RunRequest, onDelete: () => void): RunResult {
  const words = [...request.text.matchAll(/\S+/g)];
  const kept = words.slice(0, kMaxTokens - 2);
  const tokens = ["[CLS]", ...kept.map(([word]) => word), "[SEP]"];
  const spans = kept.flatMap((match) => [match.index, match.index + match[0].length]);
  const end = request.text.length;
  const positive = request.text.includes("good") ? 0.75 : 0.25;
  const labels = [
    { label: "POSITIVE", score: positive },
    { label: "NEGATIVE", score: 1 - positive },
  ].sort((a, b) => b.score - a.score);
  return {
    status: () => kOk,
    labels: () => (request.topK === 0 ? labels : labels.slice(0, request.topK)),
    tokens: () => ({
      ids: Int32Array.from(tokens, (_, i) => 100 + i),
      tokens,
      offsets: Int32Array.from([0, 0, ...spans, end, end]),
      special: Uint8Array.from(tokens, (_, i) => Number(i === 0 || i === tokens.length - 1)),
      truncated: words.length - kept.length,
    }),
    attentions: () => (request.outputAttentions ? uniformAttention(tokens.length) : kEmpty()),
    hiddenStates: () =>
      request.outputHiddenStates ? ramp([kLayers + 1, tokens.length, kModelWidth]) : kEmpty(),
    delete: onDelete,
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
  const none = { labels: fail, tokens: fail, attentions: fail, hiddenStates: fail };
  return { status: () => status, ...none, delete: () => undefined };
}

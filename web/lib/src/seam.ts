// The engine's binding as this package uses it. The build generates the exact declarations from C++
// (generated/glassformer-engine.d.ts); worker/main.ts is where the two meet and the compiler
// compares them.

export interface Status {
  /** "OK", or a code of GlassformerError. */
  code: string;
  message: string;
}

/** Where the caller writes a file's bytes, in `HEAPU8`. */
export interface FileSlot {
  status: Status;
  address: number;
}

export interface ModelInfo {
  status: Status;
  family: string;
  task: string;
  parameters: number;
  weightBytes: number;
  layers: number;
  heads: number;
  maxTokens: number;
  labels: string[];
}

export interface LoadOptions {
  dtype: string;
}

export interface RunRequest {
  task: string;
  text: string;
  textPair: string;
  hasTextPair: boolean;
  /** 0 for all. */
  topK: number;
  outputAttentions: boolean;
  outputHiddenStates: boolean;
}

export interface LabelScore {
  label: string;
  /** A probability, 0 to 1. */
  score: number;
}

export interface EngineTokens {
  ids: Int32Array;
  tokens: string[];
  /** [2 n]: start and end of each token, in UTF-16 code units. */
  offsets: Int32Array;
  /** 1 for tokens such as [CLS] and [SEP]. */
  special: Uint8Array;
  /** Tokens beyond the model's maximum, which were left out. */
  truncated: number;
}

export interface EngineTensor {
  data: Float32Array;
  dims: number[];
}

/** Holds engine memory: always delete() it. */
export interface RunResult {
  status(): Status;
  labels(): LabelScore[];
  tokens(): EngineTokens;
  /** [layers, heads, q, k]; empty when not asked for. */
  attentions(): EngineTensor;
  /** [layers + 1, tokens, d_model]; index 0 is the embedding output; empty when not asked for. */
  hiddenStates(): EngineTensor;
  delete(): void;
}

export interface Engine {
  openModel(): number;
  allocateFile(model: number, name: string, bytes: number): FileSlot;
  loadModel(model: number, options: LoadOptions): ModelInfo;
  closeModel(model: number): void;
  run(model: number, request: RunRequest): RunResult;
  delete(): void;
}

export interface EngineModule {
  /** Replaced whenever the memory grows: take it anew for every use. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  Engine: new () => Engine;
}

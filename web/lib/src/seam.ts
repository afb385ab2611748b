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

/** What `beginLoad` found: the files of weights that have to come now, in any order. */
export interface LoadBegun {
  status: Status;
  weightFiles: string[];
}

/** Room of `bytes` bytes in `HEAPU8`, to be filled and fed again and again. */
export interface PieceSlot {
  status: Status;
  address: number;
  bytes: number;
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

/** "self" is an encoder's, or that of a model that is one stack; the others a decoder's. */
export type AttentionKind = "self" | "decoder" | "cross";

/** Whose hidden states: "main" is an encoder, or a model that is one stack. */
export type Stream = "main" | "decoder";

export interface EngineTokens {
  ids: Int32Array;
  tokens: string[];
  /** [2 n]: start and end of each token, in UTF-16 code units. */
  offsets: Int32Array;
  /** 1 for tokens such as [CLS] and [SEP]. */
  special: Uint8Array;
  /** 0 for tokens of the text, 1 for those of its pair, -1 for special ones. */
  sequenceIds: Int8Array;
  /** Tokens beyond the model's maximum, which were left out. */
  truncated: number;
}

export interface EngineTensor {
  data: Float32Array;
  dims: number[];
}

/**
 * What a run gave for each text. Ask for the status first: without success there is nothing. Holds
 * engine memory: always delete() it.
 */
export interface RunResult {
  status(): Status;
  /** The task's answer, as JSON. */
  output(text: number): string;
  /** Names of the arrays that the task gives besides. */
  tensorNames(text: number): string[];
  tensor(text: number, name: string): EngineTensor;
  tokens(text: number): EngineTokens;
  /** [layers, heads, q, k]; empty when not asked for. */
  attentions(kind: AttentionKind, text: number): EngineTensor;
  /** [layers + 1, tokens, d_model]; index 0 is the embedding output; empty when not asked for. */
  hiddenStates(stream: Stream, text: number): EngineTensor;
  delete(): void;
}

/**
 * A generation under way. An empty answer: ask for the status, which tells how the last call went.
 * Holds engine memory: always delete() it, finished or not.
 */
export interface Generation {
  status(): Status;
  isFinished(): boolean;
  /** One more token for every sequence under way; what was chosen, as JSON (`EngineStep`). */
  step(): string;
  /** The finished sequences, as JSON: of one text, or an array of those of each. */
  output(): string;
  tokens(text: number): EngineTokens;
  /** The tokens of a finished sequence; their offsets are those in the generated text. */
  sequenceTokens(text: number, sequence: number): EngineTokens;
  /** [layers, heads, q, k] of a finished sequence, from one forward pass over all of it. */
  attentions(kind: AttentionKind, text: number, sequence: number): EngineTensor;
  /** [layers + 1, tokens, d_model] */
  hiddenStates(stream: Stream, text: number, sequence: number): EngineTensor;
  delete(): void;
}

export interface Engine {
  openModel(): number;
  allocateFile(model: number, name: string, bytes: number): FileSlot;
  /** Reads and frees the files put into memory; weights can be fed from then on. */
  beginLoad(model: number, options: LoadOptions): LoadBegun;
  openWeights(model: number, name: string): PieceSlot;
  /** Converts the first `count` bytes of the room. */
  feedWeights(model: number, count: number): Status;
  /** Nothing of the model runs before this. */
  finishLoad(model: number): ModelInfo;
  closeModel(model: number): void;
  /**
   * `pairs` has the second text of each, or none of any; `options` is a JSON object. Short texts
   * share forward passes.
   */
  run(model: number, task: string, texts: string[], pairs: string[], options: string): RunResult;
  start(model: number, task: string, texts: string[], options: string): Generation;
  delete(): void;
}

export interface EngineModule {
  /** Replaced whenever the memory grows: take it anew for every use. Shared in builds with threads. */
  readonly HEAPU8: Uint8Array;
  Engine: new () => Engine;
}

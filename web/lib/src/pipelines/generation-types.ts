// What the tasks that generate text take and give. Results are shaped as those of Hugging Face;
// what else is known of them is added as properties.

import type { Candidate, StepHypothesis } from "../worker/api.js";
import type { EngineFacts } from "../worker/engine-choice.js";
import type { Tensor } from "../tensor.js";
import type { TokenFacts, TraceOptions } from "./facts-types.js";
import type { ModelFacts } from "./model-facts.js";
import type { TextStreamer } from "./text-streamer.js";

/** Parameters of `generate()`, by their names in transformers; what is left out the model says. */
export interface GenerationParameters {
  max_new_tokens?: number | null;
  max_length?: number | null;
  min_new_tokens?: number | null;
  min_length?: number | null;
  num_beams?: number | null;
  num_return_sequences?: number | null;
  length_penalty?: number | null;
  early_stopping?: boolean | "never" | null;
  do_sample?: boolean | null;
  temperature?: number | null;
  top_k?: number | null;
  top_p?: number | null;
  /** The same seed gives the same text. Drawn anew for each call when left out. */
  seed?: number | null;
  repetition_penalty?: number | null;
  no_repeat_ngram_size?: number | null;
  bad_words_ids?: number[][] | null;
  suppress_tokens?: number[] | null;
  begin_suppress_tokens?: number[] | null;
  forced_bos_token_id?: number | null;
  forced_eos_token_id?: number | number[] | null;
  eos_token_id?: number | number[] | null;
  decoder_start_token_id?: number | null;
  renormalize_logits?: boolean | null;
  /** A text ends where one of these was written. */
  stop_strings?: string | string[] | null;
}

export interface GenerationOptions extends GenerationParameters, TraceOptions {
  /** How many of the likeliest next tokens each step reports. Default 0. */
  output_candidates?: number | null;
  /** Gets the text piece by piece as it comes. */
  streamer?: TextStreamer;
  /** Called after each step. */
  on_step?: (step: GenerationStep) => void;
}

export interface TextGenerationOptions extends GenerationOptions {
  /** Whether the prompt is part of generated_text. Default true. */
  return_full_text?: boolean | null;
}

/** What a step did for one sentence, or for one text where texts are not cut into sentences. */
export interface SentenceStep {
  /** Which of the texts given. */
  input: number;
  /** Which sentence of it. */
  sentence: number;
  finished: boolean;
  /** Those that go on, then those that were finished. */
  hypotheses: StepHypothesis[];
  /** The likeliest next tokens of each unfinished hypothesis of the step before, best first. */
  candidates: Candidate[][];
}

export interface GenerationStep {
  /** Counts all steps of the call. */
  step: number;
  /** The sentences that the step was about; none while a source is read. */
  sentences: SentenceStep[];
  /** What is there of the best result for each text given. */
  texts: string[];
  /** The part of the first text that will not change any more. */
  settled: string;
}

/** Given with `output_attentions` or `output_hidden_states`, for the sequence that was chosen. */
export interface SequenceTraceFacts {
  /** The tokens that the encoder read; in a model without encoder, nothing. */
  source?: TokenFacts;
  /** The decoder's tokens, from its first; offsets are in the generated text. */
  target: TokenFacts;
  encoder_attentions?: Tensor[];
  /** Masked self-attention: row i is that of the step which chose token i + 1. */
  decoder_attentions?: Tensor[];
  cross_attentions?: Tensor[];
  encoder_hidden_states?: Tensor[];
  decoder_hidden_states?: Tensor[];
}

/** A sentence of the text given, and what became of it. */
export interface SentenceResult extends Partial<SequenceTraceFacts> {
  text: string;
  /** Half-open in the text given, in UTF-16 code units. */
  start: number;
  end: number;
  generated_text: string;
  /** With beams transformers' sequences_scores, else the sum of the log-probabilities. */
  score: number;
  token_ids: number[];
  /** Tokens of the source beyond the model's maximum, which were left out. */
  truncated: number;
}

interface Sentences {
  /** One for a task that does not cut texts into sentences. */
  sentences: SentenceResult[];
}

export type TranslationResult = { translation_text: string } & Sentences;
export type SummarizationResult = { summary_text: string } & Sentences;
export type GeneratedTextResult = { generated_text: string } & Sentences;

/** A generation that can be watched: its steps, then `result`. */
export interface GenerationStream<R> extends AsyncIterable<GenerationStep> {
  readonly result: Promise<R>;
}

interface GenerativePipeline<R, Batch, O> {
  (input: string, options?: O): Promise<R[]>;
  (inputs: readonly string[], options?: O): Promise<Batch>;
  /** As a call, with every step on the way: `for await (const step of translate.stream(text))`. */
  stream(input: string, options?: O): GenerationStream<R[]>;
  readonly model: ModelFacts;
  /** Which build of the engine runs it, with how many threads. */
  readonly engine: Readonly<EngineFacts>;
  /** Frees the model once the requests made before are done. Later calls reject. */
  dispose(): Promise<void>;
}

/**
 * One result for each text; where several sequences are asked for, an array of them for each text.
 */
export type TranslationPipeline = GenerativePipeline<
  TranslationResult,
  TranslationResult[] | TranslationResult[][],
  GenerationOptions
> & { readonly task: "translation" };

export type SummarizationPipeline = GenerativePipeline<
  SummarizationResult,
  SummarizationResult[] | SummarizationResult[][],
  GenerationOptions
> & { readonly task: "summarization" };

export type Text2TextGenerationPipeline = GenerativePipeline<
  GeneratedTextResult,
  GeneratedTextResult[] | GeneratedTextResult[][],
  GenerationOptions
> & { readonly task: "text2text-generation" };

/** An array of results for each text. */
export type TextGenerationPipeline = GenerativePipeline<
  GeneratedTextResult,
  GeneratedTextResult[][],
  TextGenerationOptions
> & { readonly task: "text-generation" };

// The tasks that generate text: translation, summarisation, text from text, and going on with a
// text.

import type { ModelLease } from "../client/model-lease.js";
import { GlassformerError } from "../errors.js";
import { invalid } from "../options.js";
import { unstack } from "../tensor.js";
import type { EngineSequence } from "../worker/api.js";
import { tokenFacts } from "./facts.js";
import { GenerationRun, type InputText, type Unit } from "./generation-run.js";
import { streamOf } from "./generation-stream.js";
import type {
  GenerationOptions,
  GenerationStep,
  SentenceResult,
  SequenceTraceFacts,
  TextGenerationOptions,
} from "./generation-types.js";
import type { ModelFacts } from "./model-facts.js";
import { readInputs, readString, readWish } from "./request.js";
import { joinTranslations, splitSentences } from "./sentences.js";
import { TextStreamer } from "./text-streamer.js";

export interface GenerationKind {
  task: "translation" | "summarization" | "text2text-generation" | "text-generation";
  field: "translation_text" | "summary_text" | "generated_text";
  /** Whether a text is cut into sentences. */
  splits?: boolean;
  /** Whether an array of texts gives an array of arrays even with one result each. */
  nests?: boolean;
}

const kParameters = [
  ...["max_new_tokens", "max_length", "min_new_tokens", "min_length"],
  ...["num_beams", "num_return_sequences", "length_penalty", "early_stopping"],
  ...["do_sample", "temperature", "top_k", "top_p", "seed"],
  ...["repetition_penalty", "no_repeat_ngram_size", "bad_words_ids", "suppress_tokens"],
  ...["begin_suppress_tokens", "forced_bos_token_id", "forced_eos_token_id", "eos_token_id"],
  ...["decoder_start_token_id", "renormalize_logits", "stop_strings", "output_candidates"],
] as const;

type Result = Record<string, unknown>;

export function createGeneration(kind: GenerationKind, model: ModelFacts, lease: ModelLease) {
  let isDisposed = false;
  const run = async (inputs: unknown, options: TextGenerationOptions): Promise<Result[][]> => {
    if (isDisposed)
      throw new GlassformerError("INVALID_ARGUMENT", `${kind.task}: this pipeline was disposed of`);
    const texts = readInputs(kind.task, inputs, "a string", readString);
    const read = texts.map((text) => inPieces(kind, text));
    const { call, streamer } = runFor(kind, read, options);
    await call.run(lease);
    const results = read.map((input, i) => resultsOf(kind, input, call.unitsOf(i), options));
    streamer?.end(call.settled);
    return results;
  };
  const generate = async (inputs: unknown, options: TextGenerationOptions = {}) => {
    const results = await run(inputs, options);
    if (!Array.isArray(inputs)) return results[0];
    const isFlat = !kind.nests && results.every(({ length }) => length === 1);
    return isFlat ? results.flat() : results;
  };
  const stream = (input: unknown, options: TextGenerationOptions = {}) =>
    streamOf<GenerationStep, unknown>((onStep, signal) => {
      const told = (step: GenerationStep) => {
        options.on_step?.(step);
        onStep(step);
      };
      return generate(input, { ...options, on_step: told, signal });
    }, options.signal);
  const dispose = () => {
    isDisposed = true;
    return lease.release();
  };
  const { engine } = lease;
  return Object.assign(generate, { task: kind.task, model, engine, stream, dispose });
}

/** The call, and who listens to it. */
function runFor(kind: GenerationKind, inputs: InputText[], options: TextGenerationOptions) {
  const { streamer, on_step, ...rest } = options;
  const known = kind.nests ? [...kParameters, "return_full_text"] : kParameters;
  const wish = readWish(kind.task, rest, known);
  if (streamer !== undefined && !(streamer instanceof TextStreamer))
    throw invalid(kind.task, "streamer", "a TextStreamer", streamer);
  if (on_step !== undefined && typeof on_step !== "function")
    throw invalid(kind.task, "on_step", "a function", on_step);
  const isWatched = streamer !== undefined || on_step !== undefined;
  const call = new GenerationRun(inputs, {
    task: kind.task,
    field: kind.field,
    repeatsText: kind.nests === true && options.return_full_text !== false,
    options: engineOptions(rest),
    traces: {
      attentions: rest.output_attentions ?? false,
      hiddenStates: rest.output_hidden_states ?? false,
    },
    signal: wish.signal,
    onStep: isWatched
      ? (step) => {
          streamer?.put(step);
          on_step?.(step);
        }
      : undefined,
  });
  return { call, streamer };
}

/** Every batch draws numbers of its own; the whole call can be repeated with its seed. */
function engineOptions(options: GenerationOptions): (firstUnit: number) => string {
  const { output_attentions, output_hidden_states, signal, ...rest } = options;
  void [output_attentions, output_hidden_states, signal];
  const seed = rest.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
  return (firstUnit) => {
    const isFirst = firstUnit === 0 || !Number.isSafeInteger(seed);
    return JSON.stringify({ ...rest, seed: isFirst ? seed : (seed + firstUnit) % 2 ** 32 });
  };
}

function inPieces({ splits }: GenerationKind, text: string): InputText {
  if (splits) return { text, pieces: splitSentences(text) };
  return { text, pieces: [{ text, start: 0, end: text.length, isSentence: true }] };
}

/** The i-th result of a text joins the i-th sequences of its sentences. */
function resultsOf(
  { field, splits }: GenerationKind,
  input: InputText,
  units: Unit[],
  options: GenerationOptions,
): Result[] {
  // A text without any word has no sentence: it is its own translation.
  if (units.length === 0) return [{ [field]: input.text, sentences: [] }];
  const count = Math.min(...units.map(({ sequences }) => sequences.length));
  return Array.from({ length: count }, (_, i) => {
    const texts = units.map(({ sequences }) => String(sequences[i]![field]));
    const joined = splits ? joinTranslations(input.pieces, texts) : texts[0];
    const sentences = units.map((unit) => sentenceResult(unit, i, field, options));
    return { [field]: joined, sentences };
  });
}

function sentenceResult(
  unit: Unit,
  index: number,
  field: string,
  options: GenerationOptions,
): SentenceResult {
  const { score, token_ids, [field]: text }: EngineSequence = unit.sequences[index]!;
  const { start, end } = unit.piece;
  return {
    text: unit.piece.text,
    start,
    end,
    generated_text: String(text),
    score,
    token_ids,
    truncated: unit.answer!.tokens[unit.place]!.truncated,
    ...traceFacts(unit, index, options),
  };
}

function traceFacts(
  { answer, place }: Unit,
  index: number,
  { output_attentions, output_hidden_states }: GenerationOptions,
): Partial<SequenceTraceFacts> {
  const trace = answer?.traces[place]?.[index];
  if (!trace) return {};
  const { self, decoder, cross } = trace.attentions;
  const { main, decoder: decoderStates } = trace.hiddenStates;
  const facts: Partial<SequenceTraceFacts> = { target: tokenFacts(trace.tokens) };
  const isSeq2Seq = decoder.dims.length > 0 || decoderStates.dims.length > 0;
  if (isSeq2Seq) facts.source = tokenFacts(answer.tokens[place]!);
  if (output_attentions) {
    facts.decoder_attentions = unstack(isSeq2Seq ? decoder : self);
    if (isSeq2Seq) facts.encoder_attentions = unstack(self);
    if (isSeq2Seq) facts.cross_attentions = unstack(cross);
  }
  if (output_hidden_states) {
    facts.decoder_hidden_states = unstack(isSeq2Seq ? decoderStates : main);
    if (isSeq2Seq) facts.encoder_hidden_states = unstack(main);
  }
  return facts;
}

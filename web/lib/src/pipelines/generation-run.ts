// One call of a task that generates: the texts, cut into sentences where the task does that, through
// the engine in batches, with every step told on the way.

import type { ModelLease } from "../client/model-lease.js";
import { wellFormed } from "../text.js";
import type {
  EngineSequence,
  EngineStep,
  GenerationAnswer,
  GenerationRequest,
  TextStep,
} from "../worker/api.js";
import type { GenerationStep, SentenceStep } from "./generation-types.js";
import { joinTranslations, type TextPiece } from "./sentences.js";

/** Sentences that are generated from together. More give more speed and a later first word. */
const kLargestBatch = 8;

/** A text given, in pieces. */
export interface InputText {
  text: string;
  pieces: TextPiece[];
}

/** A piece that the engine gets, and what came of it. */
export interface Unit {
  input: number;
  /** Counts the sentences of its text. */
  sentence: number;
  piece: TextPiece;
  /** Best first; none before it is finished. */
  sequences: EngineSequence[];
  answer: GenerationAnswer | undefined;
  /** Its place in the answer. */
  place: number;
  soFar: string;
  /** Whether what is there will stay as it is. */
  isSettled: boolean;
}

export interface RunSettings {
  task: string;
  /** Which property of a sequence is its text. */
  field: string;
  /** Whether that text begins with the one given. */
  repeatsText: boolean;
  options: (firstUnit: number) => string;
  traces: GenerationRequest["traces"];
  signal: AbortSignal | undefined;
  onStep: ((step: GenerationStep) => void) | undefined;
}

export class GenerationRun {
  readonly inputs: readonly InputText[];
  readonly units: readonly Unit[];
  readonly #settings: RunSettings;
  #steps = 0;

  constructor(inputs: readonly InputText[], settings: RunSettings) {
    this.inputs = inputs;
    this.units = inputs.flatMap(unitsOf);
    this.#settings = settings;
  }

  async run(lease: ModelLease): Promise<void> {
    for (let first = 0; first < this.units.length; first += kLargestBatch) {
      const batch = this.units.slice(first, first + kLargestBatch);
      await this.#runBatch(lease, batch, first);
    }
  }

  /** What of the first text will not change any more. */
  get settled(): string {
    return settledOf(this.inputs[0], this.unitsOf(0));
  }

  unitsOf(input: number): Unit[] {
    return this.units.filter((unit) => unit.input === input);
  }

  async #runBatch(lease: ModelLease, batch: Unit[], first: number): Promise<void> {
    const { task, field, repeatsText, options, traces, signal, onStep } = this.#settings;
    const request: GenerationRequest = {
      task,
      texts: batch.map(({ piece }) => wellFormed(piece.text)),
      options: options(first),
      traces,
    };
    const report = onStep && ((step: EngineStep) => onStep(this.#stepOf(step, batch)));
    const answer = await lease.generate(request, { signal, onStep: report });
    batch.forEach((unit, place) => {
      unit.sequences = answer.sequences[place] ?? [];
      unit.answer = answer;
      unit.place = place;
      const best = String(unit.sequences[0]?.[field] ?? "");
      unit.soFar = repeatsText ? best.slice(unit.piece.text.length) : best;
      unit.isSettled = true;
    });
  }

  #stepOf({ texts }: EngineStep, batch: Unit[]): GenerationStep {
    const sentences = texts.map((text) => sentenceStep(text, batch[text.index]!));
    return {
      step: this.#steps++,
      sentences,
      texts: this.inputs.map((input, i) => soFarOf(input, this.unitsOf(i))),
      settled: this.settled,
    };
  }
}

function unitsOf({ pieces }: InputText, input: number): Unit[] {
  return pieces
    .filter(({ isSentence }) => isSentence)
    .map((piece, sentence) => ({
      input,
      sentence,
      piece,
      sequences: [],
      answer: undefined,
      place: 0,
      soFar: "",
      isSettled: false,
    }));
}

/** Tells what a step did, and notes it: the best hypothesis is what there is of the sentence. */
function sentenceStep({ finished, hypotheses, candidates }: TextStep, unit: Unit): SentenceStep {
  const best = hypotheses[0];
  // One hypothesis only grows; several may change places.
  if (best && (hypotheses.length === 1 || !best.finished)) unit.soFar = best.text;
  unit.isSettled = hypotheses.length === 1;
  const { input, sentence } = unit;
  return { input, sentence, finished, hypotheses, candidates };
}

function soFarOf({ pieces }: InputText, units: readonly Unit[]): string {
  const begun = units.findLastIndex(({ soFar }) => soFar !== "") + 1;
  if (begun === 0) return "";
  return joinTranslations(
    upTo(pieces, units[begun - 1]!),
    units.slice(0, begun).map(({ soFar }) => soFar),
  );
}

/** What comes before the first sentence that may still change, or grows as the only one. */
function settledOf(input: InputText | undefined, units: readonly Unit[]): string {
  const open = units.findIndex(({ isSettled, sequences }) => !isSettled || sequences.length === 0);
  const count = open === -1 ? units.length : units[open]!.isSettled ? open + 1 : open;
  return input === undefined ? "" : soFarOf(input, units.slice(0, count));
}

function upTo(pieces: readonly TextPiece[], { piece }: Unit): TextPiece[] {
  return pieces.slice(0, pieces.indexOf(piece) + 1);
}

// A generation from its start to its end. Between two steps the worker reads its messages, so that
// an abort gets through, and another generation may run: after every step that someone is told of,
// else every few where steps are shorter than what that costs.

import type { Engine, EngineTensor, EngineTokens, Generation } from "../seam.js";
import type {
  EngineSequence,
  EngineStep,
  GenerationAnswer,
  GenerationRequest,
  SequenceTrace,
} from "./api.js";
import { throwUnlessOk } from "./engine-memory.js";

/** Steps that nobody watches take so long together before messages are read, or one longer step. */
const kSliceMilliseconds = 4;

export interface GenerationWatch {
  signal: AbortSignal;
  report: ((step: EngineStep) => void) | undefined;
}

export async function generate(
  engine: Engine,
  model: number,
  request: GenerationRequest,
  { signal, report }: GenerationWatch,
): Promise<GenerationAnswer> {
  const generation = engine.start(model, request.task, request.texts, request.options);
  try {
    throwUnlessOk(generation.status());
    let sliceEnd = performance.now() + kSliceMilliseconds;
    while (!generation.isFinished()) {
      const step = ask(generation, () => generation.step());
      report?.(JSON.parse(step) as EngineStep);
      if (!report && performance.now() < sliceEnd) continue;
      await nextTask();
      signal.throwIfAborted();
      sliceEnd = performance.now() + kSliceMilliseconds;
    }
    return answerOf(generation, request);
  } finally {
    generation.delete();
  }
}

/** What moves to the page instead of being copied. */
export function tensorsOf({ traces }: GenerationAnswer): EngineTensor[] {
  return traces
    .flat()
    .flatMap((trace) => [...Object.values(trace.attentions), ...Object.values(trace.hiddenStates)]);
}

/** A task of its own on the event loop: messages that wait come first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function ask<T>(generation: Generation, question: () => T): T {
  const answer = question();
  throwUnlessOk(generation.status());
  return answer;
}

function answerOf(generation: Generation, request: GenerationRequest): GenerationAnswer {
  const output = JSON.parse(ask(generation, () => generation.output())) as unknown;
  const sequences = (request.texts.length === 1 ? [output] : output) as EngineSequence[][];
  const { attentions, hiddenStates } = request.traces;
  const isTraced = attentions || hiddenStates;
  return {
    sequences,
    tokens: request.texts.map((_, text): EngineTokens =>
      ask(generation, () => generation.tokens(text)),
    ),
    traces: sequences.map((list, text) =>
      isTraced ? list.map((_, sequence) => traceOf(generation, request, text, sequence)) : [],
    ),
  };
}

function traceOf(
  generation: Generation,
  { traces }: GenerationRequest,
  text: number,
  sequence: number,
): SequenceTrace {
  const none = (): EngineTensor => ({ data: new Float32Array(), dims: [] });
  const attentions = (kind: "self" | "decoder" | "cross") =>
    traces.attentions ? ask(generation, () => generation.attentions(kind, text, sequence)) : none();
  const hiddenStates = (stream: "main" | "decoder") =>
    traces.hiddenStates
      ? ask(generation, () => generation.hiddenStates(stream, text, sequence))
      : none();
  return {
    tokens: ask(generation, () => generation.sequenceTokens(text, sequence)),
    attentions: {
      self: attentions("self"),
      decoder: attentions("decoder"),
      cross: attentions("cross"),
    },
    hiddenStates: { main: hiddenStates("main"), decoder: hiddenStates("decoder") },
  };
}

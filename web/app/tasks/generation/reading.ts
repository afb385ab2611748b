// What a generation gave, in the page's own terms.

import type {
  GenerationStep,
  SentenceResult,
  SequenceTraceFacts,
  Tensor,
  TokenFacts,
} from "glassformer";
import { tokensOf, tokensWithoutPlaces, type Token } from "../../state/tokens.js";
import { attentionOf, type Attention, type Trace } from "../../state/trace.js";
import type { Step } from "./steps.js";

export interface Output {
  text: string;
  /** null where it says nothing: several sentences have a score each. */
  score: number | null;
}

/** A sentence of the input, and the best that was made of it. */
export interface SentenceReading {
  text: string;
  generated: string;
  /** Of a search with beams, or the sum of the log-probabilities. */
  score: number;
  trace: Trace | null;
  /** Those of its tokens that can be hidden: the source's, or the beginning's. */
  hideable: readonly Token[];
  /** All tokens that were written, from the decoder's first; also the last, which asks nothing. */
  written: readonly Token[];
}

export interface GenerationReading {
  /** Best first. */
  outputs: Output[];
  sentences: SentenceReading[];
}

interface AnyResult {
  sentences: SentenceResult[];
}

export function readingOf<R extends AnyResult>(
  results: readonly R[],
  textOf: (result: R) => string,
): GenerationReading {
  const outputs = results.map((result) => {
    const { sentences } = result;
    const score = sentences.length === 1 ? sentences[0]!.score : null;
    return { text: textOf(result), score };
  });
  const sentences = results[0]?.sentences.map((sentence) => {
    const { text, target, generated_text: generated, score } = sentence;
    const nGiven = target ? target.tokens.length - sentence.token_ids.length : 0;
    const written = target ? writtenTokens(target, nGiven, generated) : [];
    const trace = traceOf(sentence, written);
    const given = written.slice(0, nGiven);
    const hideable = trace?.find(({ kind }) => kind === "self")?.keys ?? given;
    return { text, generated, score, written, trace, hideable };
  });
  return { outputs, sentences: sentences ?? [] };
}

/** What the decoder began with has no place in the text that was written. */
function writtenTokens(target: TokenFacts, nGiven: number, generated: string): Token[] {
  const part = (from: number, to?: number) => ({
    tokens: target.tokens.slice(from, to),
    offsets: target.offsets.slice(from, to),
    special: target.special.slice(from, to),
  });
  const given = tokensWithoutPlaces(part(0, nGiven));
  const next = (given.at(-1)?.word ?? -1) + 1;
  const rest = tokensOf(part(nGiven), () => generated);
  return [...given, ...rest.map((token) => ({ ...token, word: token.word + next }))];
}

/** Steps by sentence: those so far, and one more. */
export function addStep(steps: readonly Step[][], { sentences }: GenerationStep): Step[][] {
  const grown = [...steps];
  for (const { sentence, hypotheses, candidates } of sentences)
    grown[sentence] = [...(grown[sentence] ?? []), { hypotheses, candidates }];
  return grown;
}

function traceOf(sentence: SentenceResult, written: readonly Token[]): Trace | null {
  const facts = sentence as SentenceResult & SequenceTraceFacts;
  const { source, encoder_attentions, decoder_attentions, cross_attentions } = facts;
  if (!decoder_attentions) return null;
  const trace: Attention[] = [];
  const read = source ? tokensOf(source, () => sentence.text) : [];
  const { encoder_hidden_states, decoder_hidden_states } = facts;
  if (encoder_attentions)
    trace.push(sized("self", read, read, encoder_attentions, encoder_hidden_states));
  trace.push(sized("decoder", written, written, decoder_attentions, decoder_hidden_states));
  if (cross_attentions) trace.push(sized("cross", written, read, cross_attentions));
  return trace;
}

/** The last token that was written asks nothing: there may be fewer queries than tokens. */
function sized(
  kind: Attention["kind"],
  queries: readonly Token[],
  keys: readonly Token[],
  tensors: readonly Tensor[],
  hidden?: Tensor[],
): Attention {
  const [, , n_q = 0, n_k = 0] = tensors[0]?.dims ?? [];
  const asking = queries.length === n_q ? queries : queries.slice(0, n_q);
  const asked = keys.length === n_k ? keys : keys.slice(0, n_k);
  const isOneText = queries === keys && n_q === n_k;
  const facts = { kind, queries: asking, keys: isOneText ? asking : asked };
  const states = hidden && (() => Promise.resolve(hidden));
  return attentionOf({ ...facts, isCausal: kind === "decoder", states }, tensors);
}

// The page in English.

import type { Errors, ExampleGlosses, Terms } from "./types.js";

const terms: Terms = {
  token: {
    name: "token",
    meaning:
      "The unit the model reads: a word, or a piece of one. A piece that continues a word is written with ## in front.",
  },
  special: {
    name: "[CLS] and [SEP]",
    meaning:
      "Tokens that the model adds to every text. [CLS] stands in front, and the answer is read from its final vector; [SEP] marks the end.",
  },
  attention: {
    name: "self-attention",
    meaning:
      "Every token asks with a query and is found by its key: the better a key fits the query, the more of that token’s value flows to the one that asked. Query, key and value are all computed from the same tokens, hence self-attention.",
  },
  layer: {
    name: "layer",
    meaning:
      "The model is a stack of equal layers. Each one lets every token gather from the others (attention), then transforms each token by itself (feed-forward).",
  },
  head: {
    name: "head",
    meaning:
      "Each layer has several attention heads side by side. Each head has its own queries, keys and values, and so its own way of looking.",
  },
  weight: {
    name: "attention weight",
    meaning:
      "How much the query token takes from the key token: the softmax of query · key / √d over all keys. The weights of one query, one row of the matrix, sum to 1.",
  },
};

const errors: Errors = {
  NETWORK: {
    title: "The model could not be downloaded.",
    advice: "Check your connection, then try again.",
  },
  NOT_FOUND: {
    title: "A file of the model is missing on this site.",
    advice: "If the site was updated just now, try again in a minute.",
  },
  INTEGRITY: {
    title: "The model arrived damaged, so it was not used.",
    advice: "The bytes are not the ones that were published. Trying again usually helps.",
  },
  INVALID_FORMAT: {
    title: "The model's files cannot be read.",
    advice: "Something on the server is wrong.",
  },
  UNSUPPORTED: {
    title: "This browser cannot run the model.",
    advice: "Any browser of the last two years, with WebAssembly SIMD, can.",
  },
  OUT_OF_MEMORY: {
    title: "There is not enough memory.",
    advice: "Close other tabs, then try again.",
  },
  INVALID_ARGUMENT: { title: "The model refused this request.", advice: "The details say why." },
  INTERNAL: { title: "The engine stopped unexpectedly.", advice: "Try again: it starts anew." },
};

const exampleGlosses = null as ExampleGlosses;

export const en = {
  title: "Glassformer: a Transformer you can see through",
  skip: "Skip to the content",
  headline: "A Transformer you can see\u00A0through",
  lead: "Type a sentence. A real Transformer reads it here, in your browser, and shows where each of its attention heads looked. Nothing you type leaves this page.",
  settings: "Settings",
  language: "Language",
  theme: "Colours",
  themes: { auto: "Auto", light: "Light", dark: "Dark" },

  sentence: "Sentence",
  sentenceLabel: "Your sentence, in English",
  sentencePlaceholder: "Write something with a feeling in it…",
  sentenceHint: "The answer follows as you type.",
  examples: "Or try one of these",
  exampleNote: "",
  exampleGlosses,

  loading: "Getting the model",
  loadingDone: (loaded: string, total: string) => `${loaded} of ${total} MB`,
  loadingPrepare: "Starting the engine…",
  cancel: "Cancel",
  cancelled: "The download was cancelled. Without the model there is nothing to show.",
  load: "Load the model",
  retry: "Try again",
  details: "Technical details",
  errors,

  verdict: "Verdict",
  labels: { POSITIVE: "Positive", NEGATIVE: "Negative" } as Record<string, string>,
  verdictSentence: (label: string, percent: string) => `${label}, ${percent}`,
  truncated: (count: string, max: string) =>
    `This text is too long for the model: it read the first ${max} tokens, and ${count} tokens beyond ${max} were left out.`,

  tokens: "Tokens",
  tokensHint: "What the model really reads. Point at a token to see where it looks.",
  tokenCount: (count: string) => `${count} tokens, with [CLS] and [SEP]`,
  specialToken: "special token",
  continuation: "continues the word",

  attention: "Attention",
  attentionHint: "Rows are queries, columns are keys: read a row to see where its token looks.",
  layer: "Layer",
  head: "Head",
  mean: "Mean",
  layerAndHead: (layer: number, head: string) => `Layer ${layer}, head ${head}`,
  layerAndMean: (layer: number) => `Layer ${layer}, mean of its heads`,
  overview: "All heads at a glance",
  overviewHint: "Choose with a click, or with the arrow keys.",
  matrixLabel: (which: string) => `Attention matrix. ${which}. Arrow keys move from cell to cell.`,
  query: "query",
  key: "key",
  cell: (query: string, key: string, weight: string) => `query “${query}” → key “${key}” ${weight}`,
  rowSum: (sum: string) => `The row sums to ${sum}.`,
  matrixIdle: "Point at a cell, or use the arrow keys.",
  showTable: "Show as a table",
  hideTable: "Hide the table",
  copyTable: "Copy the numbers",
  copied: "Copied",
  tableCaption: (which: string) => `${which}: attention weights, queries in rows, keys in columns`,
  tableStrongest: (which: string) =>
    `${which}: for each query its strongest keys (copy the numbers for all)`,
  strongest: "strongest keys",
  sum: "sum",
  legend: "attention weight",
  honesty:
    "Attention shows where a head looked, not why the model decided: it is a window, not an explanation.",

  terms,
  explain: (term: string) => `What is: ${term}?`,
  footer: "No cookies, no analytics, no server: the page is all there is.",
  modelFacts: (parameters: string, layers: number, heads: number) =>
    `${parameters} parameters, ${layers} layers, ${heads} heads each`,
  modelCard: "Model card",
};

// The glossary, in English.

import type { Terms } from "../types.js";

export const terms: Terms = {
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
  span: {
    name: "start and end",
    meaning:
      "The model gives every token two scores: for being the first of the answer, and for being the last. The answer is the stretch of text for which the two together are best; [CLS] stands for “no answer”.",
  },
  decoding: {
    name: "decoding",
    meaning:
      "The model gives every token of its vocabulary a probability to come next. Decoding turns that into text: choose one, add it, ask again, until the end token comes.",
  },
  beam: {
    name: "beam search",
    meaning:
      "Instead of only the likeliest text, the search keeps the best few at every step, the beams, and extends each. A text that begins badly may still win in the end. With one beam it is greedy search.",
  },
  temperature: {
    name: "temperature",
    meaning:
      "The scores are divided by it before the softmax. Below 1 the likely tokens become likelier still; above 1 the unlikely ones get their chance.",
  },
};

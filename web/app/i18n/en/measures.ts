// What is measured by asking the model again, in English.

export const measures = {
  occlusion: "Word by word",
  occlusionHint:
    "Each word in turn is hidden from all others, and the model is asked again. How does its answer move?",
  occlusionStart: "Hide each word in turn",
  occlusionAgain: "Measure again",
  occlusionProgress: "Words measured",
  occlusionStrip: (title: string) => `${title}: each word, and how the answer moves without it`,
  occlusionTitle: (said: string, percent: string) =>
    `Word by word: ${said}, ${percent} with all words`,
  wordsDone: (done: string, count: string) => `${done} of ${count} words`,
  withAllWords: "With all words:",
  withoutIt: "Without the word, the probability",
  falls: "falls",
  rises: "rises",
  wordMoves: (word: string, points: string) => `“${word}” ${points}`,
  occlusionSummary: (words: string) => `Hiding these moves it most: ${words} (percentage points).`,
  notExplanation:
    "Attention weights are not an explanation: very different ones can lead to the same answer, and how much they do explain is disputed, so here the effect of a word is measured instead of being read off them.",

  changes: "What if?",
  changesHint:
    "Switch off attention heads or hide tokens, and the model answers again. The views of the attention follow.",
  changeHeads: "Heads that take part",
  changeHeadsOf: (kind: string) => `Heads that take part: ${kind}`,
  changeHeadsHint: "Rows are layers. A head that is switched off adds nothing.",
  changeTokens: "Tokens that may be looked at",
  changeSourceTokens: "Tokens of the text that may be looked at",
  changePromptTokens: "Tokens of the beginning that may be looked at",
  changeTokensHint: "A hidden token stays in its place, but no token gets anything from it.",
  headTakesPart: "This head takes part",
  headIsOff: "Off",
  takesPart: (head: string) => `${head} takes part`,
  asItIs: "As it is",
  changed: "Changed",
  nothingChanged: "Nothing is changed yet.",
  undoChanges: "Undo all",
  changeCount: (heads: string, tokens: string) => `Heads off: ${heads}. Tokens hidden: ${tokens}.`,
  changesNotPossible:
    "This text is longer than what the model reads at once; a pass can only be changed where the text fits into one.",
};

// Two texts, or two readings, side by side, in English.

export const compare = {
  compare: "Two texts",
  compareHint: "Change a word or two: what becomes of the verdict, and of the attention?",
  compareStart: "Compare with a second text",
  compareEnd: "End the comparison",
  compareLabel: "The second text, in English or Chinese",
  firstText: "First text",
  secondText: "Second text",
  compareMoves: (label: string, points: string) =>
    `From the first text to the second: “${label}” ${points} percentage points.`,
  compareTwoModels:
    "Two models read these texts, one for each language: their layers and heads have nothing to do with each other.",
  compareScale: "Both in the same colours; what is pointed at in one is marked in the other.",

  swap: "Word order",
  swapHint: "Choose two words, and the model reads the text with these two swapped.",
  swapWords: "Words to swap",
  swapShowAll: (count: string) => `Show all ${count} words`,
  swapNone: "Choose two words above.",
  swapOne: (word: string) => `“${word}” and …? Choose another word.`,
  swapSame: "These two words are the same.",
  swapped: "Swapped",
  swapUndo: "Put them back",
  swapCompare: "Compare the attention",
};

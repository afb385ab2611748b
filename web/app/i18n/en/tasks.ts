// The tasks, their inputs and outputs, in English.

import type { Glosses } from "../types.js";

export const tasks = {
  tasks: "What the model does",
  taskNames: {
    sentiment: "Sentiment",
    qa: "Question answering",
    translation: "Translation",
    generate: "Generate",
  },
  examples: "Or try one of these",
  exampleNote: "",
  exampleGlosses: { hotel: "The room isn’t big, but it’s clean: I’d stay here again." } as Glosses,

  sentence: "Sentence",
  sentenceLabel: "Your sentence, in English or Chinese",
  sentencePlaceholder: "Write something with a feeling in it…",
  sentenceHint: "The answer follows as you type.",
  sentenceNote: "English and Chinese have a model each; what you write decides which one reads it.",
  verdict: "Verdict",
  labels: { POSITIVE: "Positive", NEGATIVE: "Negative" } as Record<string, string>,
  verdictSentence: (label: string, percent: string) => `${label}, ${percent}`,
  truncated: (count: string, max: string) =>
    `This text is too long for the model: it read the first ${max} tokens, and ${count} tokens beyond ${max} were left out.`,
};

// Translation and text generation, in English.

const everyday =
  "Everyday sentences: what people say, captions, a little prose. Small, and trained in hours: common words come out right, rare ones and long sentences often don't.";

const numbers =
  "A tiny model that knows one thing: numbers, dates, times and counted things. Small enough to see all of it.";

export const generation = {
  source: "Text",
  sourceLabel: "The text to translate",
  sourcePlaceholder: "Write what is to be translated…",
  translator: "Translate",
  fromTo: (from: string, to: string, domain?: string) =>
    `${from} to ${to}${domain ? `, ${domain}` : ""}`,
  domainNames: { numbers: "numbers" } as Record<string, string>,
  languageNames: { en: "English", zh: "Chinese", de: "German", fr: "French" } as Record<
    string,
    string
  >,
  modelNotes: {
    "zh-en": everyday,
    "en-zh": everyday,
    "numbers-en-zh": numbers,
    "numbers-zh-en": numbers,
  } as Record<string, string>,
  beams: "Beams",
  translation: "Translation",
  sentences: "Sentences",
  sentencesHint: "The model translates one sentence at a time. Choose one to look into.",

  prompt: "Beginning",
  promptHint: "The model goes on with it, one token after the other.",
  promptLabel: "The beginning of a text, in English",
  promptPlaceholder: "Begin a story…",
  writtenOn: "How it goes on",
  write: "Write on",
  again: "Another one",
  decoding: "Next token",
  decodings: { greedy: "Likeliest", sample: "Drawn by chance" },
  temperature: "Temperature",
  length: "Length",

  stop: "Stop",
  nBest: "The best that were found",
  score: (score: string) => `score ${score}`,
  steps: "Step by step",
  stepsHint: "One token at a time: what it was chosen from, and how likely each choice was.",
  step: "Step",
  stepOf: (step: string, count: string) => `Step ${step} of ${count}`,
  stepBack: "One step back",
  stepOn: "One step on",
  play: "Play",
  pause: "Pause",
  candidates: "The likeliest next tokens",
  chosen: "chosen",
  beamTree: "The search tree",
  beamTreeSummary: (text: string, score: string) =>
    `Beam search as a tree. The best path writes “${text}”, with score ${score}.`,

  alignment: "Word alignment",
  alignmentHint:
    "Which word of the text the model looked at when it chose each word of the translation.",
  alignmentLabel: "Words of the translation, and the words they are from",
  alignmentLayer: "Decoder layer",
  alignmentPairs: "The words as a list",
  alignmentHeads: "Its heads",
  alignmentNote: (which: string) =>
    `Read off the attention from decoder to encoder (${which}), at the step that chose the word. A full line leads to the strongest word, a broken one to others with a fifth or more. What special tokens get is left out.`,
};

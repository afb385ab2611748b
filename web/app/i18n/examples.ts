// The example sentences, in the languages that models read; each language of the page adds what those
// in the other one mean.

export const kSentenceExamples = [
  { id: "film", text: "I expected to hate this film, but its ending is quietly wonderful." },
  { id: "learning", text: "It is great to learn deep learning." },
  { id: "negation", text: "The service was not bad at all, and the food was never boring." },
  { id: "party", text: "He dislikes any party." },
  { id: "hotel", text: "房间虽然不大，但是很干净，下次来还住这里。" },
  { id: "animal", text: "The animal didn't cross the street because it was too tired." },
] as const;

export type ExampleId = (typeof kSentenceExamples)[number]["id"];

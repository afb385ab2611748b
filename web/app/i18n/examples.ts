// The example sentences. English, because the model reads English; each language of the page may
// add what they mean.

export const kExamples = [
  { id: "film", text: "I expected to hate this film, but its ending is quietly wonderful." },
  { id: "learning", text: "It is great to learn deep learning." },
  { id: "negation", text: "The service was not bad at all, and the food was never boring." },
  { id: "party", text: "He dislikes any party." },
  { id: "animal", text: "The animal didn't cross the street because it was too tired." },
] as const;

export type ExampleId = (typeof kExamples)[number]["id"];

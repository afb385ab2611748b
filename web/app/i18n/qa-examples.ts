// Questions to try. English, because the model reads English; each language of the page may add
// what they mean.

const kLighthouse =
  "The lighthouse on Ness Point was built in 1874 from granite that was shipped across the bay. For ninety years a keeper climbed its 214 steps every evening to light the lamp. Since 1966 the lamp has switched itself on, and the keeper's cottage is now a small museum of old maps.";
const kTransformer =
  "The Transformer was introduced in 2017 by eight researchers in a paper called Attention Is All You Need. It gave up recurrence: every token attends to every other token, so a whole sentence is processed in parallel. The first large models built on it were GPT and BERT, both published in 2018.";
const kData =
  "Data science should abandon significance and apply machine learning. Its students learn to test a model on data that it has never seen.";

export const kQaExamples = [
  {
    id: "museum",
    question: "What is the keeper's cottage today?",
    context: kLighthouse,
  },
  { id: "steps", question: "How many steps did the keeper climb?", context: kLighthouse },
  {
    id: "parallel",
    question: "Why can a sentence be processed in parallel?",
    context: kTransformer,
  },
  { id: "published", question: "When were GPT and BERT published?", context: kTransformer },
  { id: "future", question: "What is the future of data science?", context: kData },
  { id: "architect", question: "Who designed the lighthouse?", context: kLighthouse },
] as const;

export type QaExample = (typeof kQaExamples)[number];
export type QaExampleId = QaExample["id"];

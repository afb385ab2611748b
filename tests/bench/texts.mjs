// What both libraries are asked.

export const sentences = [
  "A wonderful film, warm and funny from the first minute to the last.",
  "The plot makes no sense and the actors look bored.",
  "I did not expect much, but the music alone was worth the ticket.",
  "Two hours of my life that I will never get back.",
  "It is great to learn deep learning.",
  "The service was slow, the food was cold, and nobody said sorry.",
  "Not bad at all: the ending surprised me, and the dialogue is sharp.",
  "An honest, quiet story about people who find each other too late.",
];

const context =
  "The lighthouse on Ness Point was built in 1874 from granite that was shipped across the bay. " +
  "For ninety years a keeper climbed its 214 steps every evening to light the lamp. Since 1966 " +
  "the lamp has switched itself on, and the keeper's cottage is now a small museum of old maps.";

export const questions = [
  "When was the lighthouse built?",
  "How many steps did the keeper climb?",
  "What is the keeper's cottage today?",
  "What was shipped across the bay?",
].map((question) => ({ question, context }));

/** The model of each task, and the arguments of each request. */
export const tasks = {
  "sentiment-analysis": { model: "sentiment-en", requests: sentences.map((text) => [text]) },
  "question-answering": {
    model: "qa-en",
    requests: questions.map(({ question, context }) => [question, context]),
  },
};

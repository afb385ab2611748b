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
  "The Amazon rainforest covers most of the Amazon basin of South America. The basin covers " +
  "7,000,000 square kilometres, of which 5,500,000 square kilometres are covered by the " +
  "rainforest. The majority of the forest lies in Brazil, with 60% of it, followed by Peru with " +
  "13% and Colombia with 10%. The river was named by Francisco de Orellana in 1541.";

export const questions = [
  "Which country has most of the forest?",
  "Who named the river?",
  "How large is the basin?",
  "How much of the forest is in Peru?",
].map((question) => ({ question, context }));

/** The model of each task, and the arguments of each request. */
export const tasks = {
  "sentiment-analysis": { model: "sentiment-en", requests: sentences.map((text) => [text]) },
  "question-answering": {
    model: "qa-en",
    requests: questions.map(({ question, context }) => [question, context]),
  },
};

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

export const chinese = [
  "我昨天在公园里看见了一只猫。",
  "你能告诉我火车站在哪里吗？",
  "她每天早上都喝一杯咖啡。",
  "我们明天要去北京。",
  "这本书很有意思，我想再看一遍。",
  "他不知道该说什么。",
  "外面在下雨，别忘了带伞。",
  "孩子们正在花园里玩。",
];

/** So many tokens each, whatever the words: the libraries round differently, and one text may end sooner. */
export const newTokens = 24;

const greedy = { num_beams: 1, do_sample: false };

/** The model of each task, and the arguments of each request; those that are timed where they are others. */
export const tasks = {
  "sentiment-analysis": { model: "sentiment-en", requests: sentences.map((text) => [text]) },
  "question-answering": {
    model: "qa-en",
    requests: questions.map(({ question, context }) => [question, context]),
  },
  translation: {
    model: "zh-en",
    requests: chinese.map((text) => [text, greedy]),
    timed: chinese.map((text) => [
      text,
      { ...greedy, min_new_tokens: newTokens, max_new_tokens: newTokens },
    ]),
    firstToken: chinese.map((text) => [text, { ...greedy, max_new_tokens: 1 }]),
  },
};

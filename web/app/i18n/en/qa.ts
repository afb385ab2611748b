// Question answering, in English.

import type { QaGlosses } from "../types.js";

export const qa = {
  question: "Question",
  questionHint: "The answer is a stretch of the text below, if it is there.",
  questionLabel: "Your question, in English",
  questionPlaceholder: "Ask something that the text answers…",
  context: "Text",
  contextHint: "Paste any English text.",
  contextLabel: "The text to find the answer in, in English",
  contextPlaceholder: "A text that may hold the answer…",
  qaGlosses: null as QaGlosses,
  qaIncomplete: "Write a question and a text: the model needs both.",
  answer: "Answer",
  answers: "The best answers",
  answerRanks: ["1st", "2nd", "3rd"],
  noAnswer: "No answer in this text",
  spanScores: "Start and end",
  spanBars: "Bars over the tokens",
  spanHint: "How likely the answer begins at a token, and how likely it ends there.",
  spanStart: "starts here",
  spanEnd: "ends here",
  tokenShare: (token: string, percent: string) => `“${token}” ${percent}`,
  spanSummary: (start: string, end: string) =>
    `Most likely start: ${start}. Most likely end: ${end}.`,
  tokenSpan: (token: string, start: string, end: string) =>
    `“${token}”: starts here ${start}, ends here ${end}`,
};

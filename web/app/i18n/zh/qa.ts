// 阅读问答。

import type { qa as english } from "../en/qa.js";
import { qaGlosses } from "./glosses.js";

export const qa: typeof english = {
  question: "问题",
  questionHint: "如果文中有答案，答案就是下面文本里的一段。",
  questionLabel: "请输入一个英文问题",
  questionPlaceholder: "问一个文中有答案的问题……",
  context: "文本",
  contextHint: "可以粘贴任何英文文本。",
  contextLabel: "从中寻找答案的英文文本",
  contextPlaceholder: "一段可能含有答案的文本……",
  qaGlosses,
  qaIncomplete: "请写下问题和文本：模型两样都需要。",
  answer: "答案",
  answers: "最好的几个答案",
  answerRanks: ["第一", "第二", "第三"],
  noAnswer: "这段文本里没有答案",
  spanScores: "起点与终点",
  spanBars: "各词元上的柱形",
  spanHint: "答案从每个词元开始、在每个词元结束的可能性。",
  spanStart: "从这里开始",
  spanEnd: "到这里结束",
  tokenShare: (token, percent) => `词元“${token}”，${percent}`,
  spanSummary: (start, end) => `最可能的起点：${start}；最可能的终点：${end}。`,
  tokenSpan: (token, start, end) => `“${token}”：从这里开始 ${start}，到这里结束 ${end}`,
};

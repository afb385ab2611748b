// 各项任务的输入与输出。

import type { tasks as english } from "../en/tasks.js";
import { exampleGlosses } from "./glosses.js";

export const tasks: typeof english = {
  tasks: "模型的任务",
  taskNames: {
    sentiment: "情感分析",
    qa: "阅读问答",
    translation: "翻译",
    generate: "续写",
  },
  examples: "也可以试试这些例子",
  exampleNote: "这个模型目前只学过英文，所以例子也用英文，并附上中文大意。",
  exampleGlosses,

  sentence: "句子",
  sentenceLabel: "请输入一句中文或英文",
  sentencePlaceholder: "写一句带感情色彩的话……",
  sentenceHint: "边输入，边出结果。",
  sentenceNote: "中文和英文各有一个模型，由你写的文字决定用哪一个。",
  verdict: "判断",
  labels: { POSITIVE: "积极", NEGATIVE: "消极" },
  verdictSentence: (label, percent) => `${label}，${percent}`,
  truncated: (count, max) =>
    `文本超过了模型能读的长度：模型只读了前 ${max} 个词元，其后的 ${count} 个词元没有读入。`,
};

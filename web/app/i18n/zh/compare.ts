// 并排比较两段文本，或同一段文本的两种读法。

import type { compare as english } from "../en/compare.js";

export const compare: typeof english = {
  compare: "两句对比",
  compareHint: "改动一两个词，看看判断和注意力会怎样变化。",
  compareStart: "与第二句对比",
  compareEnd: "结束对比",
  compareLabel: "请输入第二句，中文或英文",
  firstText: "第一句",
  secondText: "第二句",
  compareMoves: (label, points) => `从第一句到第二句，“${label}”的概率变化 ${points} 个百分点。`,
  compareTwoModels: "这两句由中文和英文两个模型分别读取，它们的层和头互不对应。",
  compareScale: "两张图用同一种配色；指向一张图的某处，另一张图的同一位置也会标出。",

  swap: "词序",
  swapHint: "选两个词，把它们对调，让模型再读一遍。",
  swapWords: "要对调的词",
  swapShowAll: (count) => `显示全部 ${count} 个词`,
  swapNone: "请在上面选两个词。",
  swapOne: (word) => `“${word}”和……？请再选一个词。`,
  swapSame: "这两个词是一样的。",
  swapped: "对调之后",
  swapUndo: "换回来",
  swapCompare: "对比注意力",
};

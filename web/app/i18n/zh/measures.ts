// 再问一次模型才能量出来的东西。

import type { measures as english } from "../en/measures.js";

export const measures: typeof english = {
  occlusion: "逐词遮挡",
  occlusionHint: "依次把每个词遮住，不让其他词元看到它，再问一次模型：答案会怎样变化？",
  occlusionStart: "依次遮住每个词",
  occlusionAgain: "重新测量",
  occlusionProgress: "已测量的词",
  occlusionStrip: (title) => `${title}：每个词，以及遮住它之后答案的变化`,
  occlusionTitle: (said, percent) => `逐词遮挡：不遮任何词时，${said} ${percent}`,
  wordsDone: (done, count) => `已测 ${done} 个词，共 ${count} 个`,
  withAllWords: "不遮任何词时：",
  withoutIt: "遮住这个词后，概率",
  falls: "下降",
  rises: "上升",
  wordMoves: (word, points) => `词“${word}” ${points}`,
  occlusionSummary: (words) => `遮住后变化最大的是：${words}（单位：百分点）。`,
  notExplanation:
    "注意力权重并不等于解释：差别很大的权重可以得出同样的答案，它究竟能说明多少，学界也有争论，所以这里直接测量一个词的作用，而不是从权重里读。",

  changes: "如果……会怎样？",
  changesHint: "关掉一些注意力头，或遮住一些词元，模型会重新作答，注意力的各个视图也随之改变。",
  changeHeads: "参与计算的头",
  changeHeadsOf: (kind) => `参与计算的头：${kind}`,
  changeHeadsHint: "每行是一层。被关掉的头不再贡献任何信息。",
  changeTokens: "可以被看到的词元",
  changeSourceTokens: "原文中可以被看到的词元",
  changePromptTokens: "开头中可以被看到的词元",
  changeTokensHint: "被遮住的词元留在原位，但其他词元得不到它的任何信息。",
  headTakesPart: "这个头参与计算",
  headIsOff: "已关闭",
  takesPart: (head) => `${head}参与计算`,
  asItIs: "原样",
  changed: "改动之后",
  nothingChanged: "还没有任何改动。",
  undoChanges: "全部还原",
  changeCount: (heads, tokens) => `关闭的头：${heads}；遮住的词元：${tokens}。`,
  changesNotPossible:
    "这段文本超出了模型一次能读的长度；只有能一次读完的文本，才能改动它的计算过程。",
};

// 翻译与文本生成。

import type { generation as english } from "../en/generation.js";

const numbers = "一个只会一件事的小模型：翻译数字、日期、时刻和带量词的事物。它小到可以整个看清。";

const everyday =
  "日常句子：人们说的话、图片说明和少量文章。模型很小，只训练了几个小时：常用词译得对，生僻词和长句常常译不好。";

export const generation: typeof english = {
  source: "原文",
  sourceLabel: "要翻译的文本",
  sourcePlaceholder: "写下要翻译的内容……",
  translator: "翻译方向",
  fromTo: (from, to, domain) => `${from}译${to}${domain ? `（${domain}）` : ""}`,
  domainNames: { numbers: "数字" },
  languageNames: { en: "英文", zh: "中文", de: "德文", fr: "法文" },
  modelNotes: {
    "zh-en": everyday,
    "en-zh": everyday,
    "numbers-en-zh": numbers,
    "numbers-zh-en": numbers,
  },
  beams: "束宽",
  translation: "译文",
  sentences: "句子",
  sentencesHint: "模型一句一句地翻译。选一句，看看里面发生了什么。",

  prompt: "开头",
  promptHint: "模型接着写下去，一次一个词元。",
  promptLabel: "一段英文的开头",
  promptPlaceholder: "起个故事的头……",
  writtenOn: "续写",
  write: "接着写",
  again: "换一个",
  decoding: "下一个词元",
  decodings: { greedy: "取最可能的", sample: "按概率抽取" },
  temperature: "温度",
  length: "长度",

  stop: "停止",
  nBest: "找到的最好的几个",
  score: (score) => `得分 ${score}`,
  steps: "逐步解码",
  stepsHint: "一次一个词元：它是从哪些候选里选出来的，每个候选的概率有多大。",
  step: "步",
  stepOf: (step, count) => `第 ${step} 步，共 ${count} 步`,
  stepBack: "后退一步",
  stepOn: "前进一步",
  play: "播放",
  pause: "暂停",
  candidates: "最可能的下一个词元",
  chosen: "选中",
  beamTree: "搜索树",
  beamTreeSummary: (text, score) => `束搜索的树。最好的路径写出“${text}”，得分 ${score}。`,

  alignment: "词语对齐",
  alignmentHint: "模型在选出译文的每个词时，看的是原文的哪个词。",
  alignmentLabel: "译文的词，以及它们对应的原文",
  alignmentLayer: "解码器的层",
  alignmentPairs: "词语对应表",
  alignmentHeads: "该层的头",
  alignmentNote: (which) =>
    `由解码器看编码器的注意力读出：取选出该词那一步的权重（${which}）。实线连到权重最大的词，虚线连到占五分之一以上的其他词；分给特殊词元的部分不计在内。`,
};

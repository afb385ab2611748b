// 简体中文页面。

import type { Messages } from "./messages.js";
import type { Errors, ExampleGlosses, Terms } from "./types.js";

const terms: Terms = {
  token: {
    name: "词元",
    meaning:
      "模型读入的基本单位：一个词，或词的一部分。以 ## 开头的词元，是接在前一个词元后面的词片。",
  },
  special: {
    name: "[CLS] 与 [SEP]",
    meaning:
      "模型给每段文本加上的特殊词元。[CLS] 放在句首，分类结果就从它最后一层的向量得出；[SEP] 表示结束。",
  },
  attention: {
    name: "自注意力",
    meaning:
      "每个词元用自己的查询去比对所有词元的键：键与查询越相合，那个词元的值流过来的就越多。查询、键、值都由同一串词元算出，所以叫自注意力。",
  },
  layer: {
    name: "层",
    meaning:
      "模型由若干结构相同的层堆叠而成。每一层先让各个词元相互汇集信息（自注意力），再分别变换每个词元（前馈网络）。",
  },
  head: {
    name: "注意力头",
    meaning: "每一层并列着若干个注意力头。每个头有自己的查询、键和值，因而有自己的“看法”。",
  },
  weight: {
    name: "注意力权重",
    meaning:
      "查询词元从键词元那里取多少信息：对所有的键计算 查询·键/√d，再做 softmax。同一个查询的权重（矩阵的一行）之和为 1。",
  },
};

const errors: Errors = {
  NETWORK: { title: "模型下载失败。", advice: "请检查网络连接，然后重试。" },
  NOT_FOUND: { title: "本站缺少模型文件。", advice: "如果网站刚刚更新过，请过一分钟再试。" },
  INTEGRITY: {
    title: "模型文件已损坏，因此没有使用。",
    advice: "收到的数据与发布的不一致，重试一次通常就好。",
  },
  INVALID_FORMAT: { title: "无法读取模型文件。", advice: "服务器上的文件有问题。" },
  UNSUPPORTED: {
    title: "这个浏览器无法运行模型。",
    advice: "需要支持 WebAssembly SIMD，近两年的浏览器都可以。",
  },
  OUT_OF_MEMORY: { title: "内存不足。", advice: "请关闭其他标签页，然后重试。" },
  INVALID_ARGUMENT: { title: "模型拒绝了这次请求。", advice: "原因见技术细节。" },
  INTERNAL: { title: "推理引擎意外停止。", advice: "请重试，引擎会重新启动。" },
};

const exampleGlosses: ExampleGlosses = {
  film: "本以为会讨厌这部电影，结尾却美得不动声色。",
  learning: "学习深度学习真是太好了。",
  negation: "服务一点也不差，菜也从不让人乏味。",
  party: "什么聚会他都不喜欢。",
  animal: "那只动物没有过马路，因为它太累了。",
};

export const zh: Messages = {
  title: "Glassformer：看得透的 Transformer",
  skip: "跳到正文",
  headline: "看得透的 Transformer",
  lead: "输入一句话，一个真正的 Transformer 就在你的浏览器里读它，并让你看到每个注意力头在看哪里。你输入的内容不会离开这个页面。",
  settings: "设置",
  language: "语言",
  theme: "外观",
  themes: { auto: "自动", light: "浅色", dark: "深色" },

  sentence: "句子",
  sentenceLabel: "请输入一句英文",
  sentencePlaceholder: "写一句带感情色彩的英文……",
  sentenceHint: "边输入，边出结果。",
  examples: "也可以试试这些句子",
  exampleNote: "这个模型目前只学过英文，所以例句也用英文，并附上中文大意。",
  exampleGlosses,

  loading: "正在获取模型",
  loadingDone: (loaded, total) => `${loaded} / ${total} MB`,
  loadingPrepare: "正在启动推理引擎……",
  cancel: "取消",
  cancelled: "下载已取消。没有模型，就没有结果可看。",
  load: "加载模型",
  retry: "重试",
  details: "技术细节",
  errors,

  verdict: "判断",
  labels: { POSITIVE: "积极", NEGATIVE: "消极" },
  verdictSentence: (label, percent) => `${label}，${percent}`,
  truncated: (count, max) =>
    `文本超过了模型能读的长度：模型只读了前 ${max} 个词元，其后的 ${count} 个词元没有读入。`,

  tokens: "词元",
  tokensHint: "模型真正读到的内容。把指针移到一个词元上，看它在看哪里。",
  tokenCount: (count) => `共 ${count} 个词元，包括 [CLS] 与 [SEP]`,
  specialToken: "特殊词元",
  continuation: "接前词",

  attention: "自注意力",
  attentionHint: "每一行是一个查询，每一列是一个键：沿着一行读，就知道这个词元在看哪里。",
  layer: "层",
  head: "头",
  mean: "平均",
  layerAndHead: (layer, head) => `第 ${layer} 层，第 ${head} 头`,
  layerAndMean: (layer) => `第 ${layer} 层，各头平均`,
  overview: "所有注意力头一览",
  overviewHint: "点击选择，也可以用方向键。",
  matrixLabel: (which) => `注意力矩阵。${which}。用方向键在单元格之间移动。`,
  query: "查询",
  key: "键",
  cell: (query, key, weight) => `查询“${query}” → 键“${key}” ${weight}`,
  rowSum: (sum) => `本行之和为 ${sum}。`,
  matrixIdle: "把指针移到单元格上，或使用方向键。",
  showTable: "以表格显示",
  hideTable: "收起表格",
  copyTable: "复制数值",
  copied: "已复制",
  tableCaption: (which) => `${which}：注意力权重，行为查询，列为键`,
  tableStrongest: (which) => `${which}：每个查询权重最大的几个键（全部数值可以复制）`,
  strongest: "权重最大的键",
  sum: "合计",
  legend: "注意力权重",
  honesty: "注意力告诉我们一个头看了哪里，却没有说明模型为什么这样判断：它是一扇窗，不是解释。",

  terms,
  explain: (term) => `什么是${term}？`,
  footer: "没有 Cookie，没有统计分析，也没有后端服务器：你看到的页面就是全部。",
  modelFacts: (parameters, layers, heads) =>
    `${parameters}个参数，${layers} 层，每层 ${heads} 个注意力头`,
  modelCard: "模型说明",
};

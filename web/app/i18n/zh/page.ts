// 任务之外的页面文字。

import type { page as english } from "../en/page.js";
import { errors } from "./errors.js";
import { terms } from "./terms.js";

export const page: typeof english = {
  title: "Glassformer：看得透的 Transformer",
  skip: "跳到正文",
  headline: "看得透的 Transformer",
  lead: "输入一段文字，一个真正的 Transformer 就在你的浏览器里读它，并让你看到每个注意力头在看哪里。你输入的内容不会离开这个页面。",
  settings: "设置",
  language: "语言",
  theme: "外观",
  themes: { auto: "自动", light: "浅色", dark: "深色" },

  loading: "正在获取模型",
  loadingDone: (loaded, total) => `${loaded} / ${total} MB`,
  loadingPrepare: "正在启动推理引擎……",
  cancel: "取消",
  cancelled: "下载已取消。没有模型，就没有结果可看。",
  load: "加载模型",
  retry: "重试",
  details: "技术细节",
  errors,

  terms,
  explain: (term) => `什么是${term}？`,
  openWhole: "在 Glassformer 中打开，换成你自己的文本",
  footer: "没有 Cookie，没有统计分析，也没有后端服务器：你看到的页面就是全部。",
  modelFacts: (parameters, layers, heads) =>
    `${parameters}个参数，${layers} 层，每层 ${heads} 个注意力头`,
  modelCard: "模型说明",
};

// 例子的中文大意。

import type { Glosses, QaGlosses } from "../types.js";

export const exampleGlosses: Glosses = {
  film: "本以为会讨厌这部电影，结尾却美得不动声色。",
  learning: "学习深度学习真是太好了。",
  negation: "服务一点也不差，菜也从不让人乏味。",
  party: "什么聚会他都不喜欢。",
  animal: "那只动物没有过马路，因为它太累了。",
};

export const qaGlosses: QaGlosses = {
  museum: "守塔人的小屋如今是什么？",
  steps: "守塔人要爬多少级台阶？",
  parallel: "为什么整个句子可以并行处理？",
  published: "GPT 和 BERT 是什么时候发表的？",
  future: "数据科学的未来是什么？",
  architect: "灯塔是谁设计的？（文中没有答案）",
};

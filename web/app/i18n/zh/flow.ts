// 从输入到输出。

import type { flow as english } from "../en/flow.js";

export const flow: typeof english = {
  stripIdle: "每行是一层，每列是一个词元。把指针移到单元格上，或使用方向键。",
  rollout: "一个向量由什么组成",
  rolloutHint:
    "注意力展开（rollout）：沿着各层的注意力一直追溯到输入。每一层一半算各头的平均，一半算残差连接；值向量和前馈网络的作用不计在内。",
  rolloutOf: "哪个词元的向量",
  rolloutLabel: (token) => `“${token}”的注意力展开：行为层，列为词元`,
  rolloutAt: (layer, token, from, share) =>
    `经过${layer}之后，“${token}”有 ${share} 来自“${from}”。`,
  residual: "每一层改变了多少",
  residualHint: (full) =>
    `一层对词元向量的改变量的长度，除以这一层之前向量的长度。颜色最强处表示 ${full} 或更大。`,
  residualLabel: "各层对各词元的相对改变：行为层，列为词元",
  changeAt: (layer, token, change) => `${layer}使“${token}”改变了自身长度的 ${change}。`,
  embedding: "进入第一层的是什么",
  embeddingHint:
    "每行是一个词元的向量：词元的嵌入与位置的嵌入之和。位置编码若是正弦波（如这里的翻译模型），图中就能看出波形。",
  embeddingLabel: (tokens, dimensions) => `${tokens} 个 ${dimensions} 维向量的图`,
  embeddingIdle: (tokens, dimensions) =>
    `共 ${tokens} 个词元，每个 ${dimensions} 维。青色大于零，橙色小于零。`,
  embeddingAt: (token, dimension, value) => `“${token}”，第 ${dimension} 维：${value}`,
};

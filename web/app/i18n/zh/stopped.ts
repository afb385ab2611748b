// 如果模型在每一层之后就停下，它会怎样回答。

import type { stopped as english } from "../en/stopped.js";

export const stopped: typeof english = {
  stopped: "提前停下",
  stoppedHint:
    "如果网络走完某一层就结束，模型会怎样回答？后面的各层把收到的内容原样传下去，答案就从那里读出。",
  stoppedDecoderHint:
    "如果解码器走完某一层就结束，模型会写出什么？编码器保持完整；解码器后面的各层把收到的内容原样传下去，每个词元都从那里读出。",
  stoppedStart: "在每一层之后停下看看",
  stoppedAgain: "重新测量",
  stoppedProgress: "已测量的停止点",
  stopsDone: (done, count) => `已测 ${done} 处，共 ${count} 处`,
  stoppedRows: "经过不同层数之后的答案",
  afterLayers: (count) => `${count} 层`,
  onlyEmbeddings: "只有嵌入向量",
  wholeModel: "完整的模型",
  settledAtOnce: "还没经过第 1 层，就已经是最终的答案，之后也没有再变。",
  settledAtLast: "直到最后一层，才得出最终的答案。",
  settledAfter: (layer, count) => `共 ${count} 层，从第 ${layer} 层起，答案就不再改变。`,
  stoppedNote:
    "读出答案的那一部分，只在最后一层的输出上训练过：拿它去读前面的层，得到的只是一种投影，那一层已经含有的信息不一定读得出来。",
};

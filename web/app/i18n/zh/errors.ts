// What can go wrong, and what to do about it, in Chinese.

import type { Errors } from "../types.js";

export const errors: Errors = {
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

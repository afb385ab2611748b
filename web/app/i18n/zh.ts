// 简体中文页面。

import type { Messages } from "./messages.js";
import { compare } from "./zh/compare.js";
import { flow } from "./zh/flow.js";
import { generation } from "./zh/generation.js";
import { measures } from "./zh/measures.js";
import { page } from "./zh/page.js";
import { qa } from "./zh/qa.js";
import { stopped } from "./zh/stopped.js";
import { tasks } from "./zh/tasks.js";
import { views } from "./zh/views.js";

export const zh: Messages = {
  ...page,
  ...tasks,
  ...qa,
  ...generation,
  ...views,
  ...flow,
  ...measures,
  ...stopped,
  ...compare,
};

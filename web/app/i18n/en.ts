// The page in English.

import { compare } from "./en/compare.js";
import { flow } from "./en/flow.js";
import { generation } from "./en/generation.js";
import { measures } from "./en/measures.js";
import { page } from "./en/page.js";
import { qa } from "./en/qa.js";
import { stopped } from "./en/stopped.js";
import { tasks } from "./en/tasks.js";
import { views } from "./en/views.js";

export const en = {
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

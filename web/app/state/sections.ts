// The parts of a task that can be a frame in another page.

import type { TaskId } from "./view-state.js";

export const kSections = [
  "attention",
  "compare",
  "swap",
  "occlusion",
  "steps",
  "alignment",
  "changes",
  "stopped",
] as const;
export type SectionId = (typeof kSections)[number];

const kSectionsOf: Readonly<Record<TaskId, readonly SectionId[]>> = {
  sentiment: ["attention", "compare", "changes", "swap", "occlusion", "stopped"],
  qa: ["attention", "changes", "swap", "occlusion", "stopped"],
  translation: ["attention", "steps", "alignment", "changes", "stopped"],
  generate: ["attention", "steps", "changes", "stopped"],
};

/** The one to show in a frame: the attention where the task has no such section. */
export function framedSection(task: TaskId, wished: SectionId): SectionId {
  return kSectionsOf[task].includes(wished) ? wished : "attention";
}

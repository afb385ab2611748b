import { describe, expect, it } from "vitest";
import { framedSection, kSections } from "../../../web/app/state/sections.js";
import { kTasks } from "../../../web/app/state/view-state.js";

describe("the section in a frame", () => {
  it("is the one that was asked for, where the task has it", () => {
    expect(framedSection("translation", "alignment")).toBe("alignment");
    expect(framedSection("qa", "occlusion")).toBe("occlusion");
    expect(framedSection("generate", "stopped")).toBe("stopped");
  });

  it("is the attention where the task has no such section", () => {
    expect(framedSection("sentiment", "alignment")).toBe("attention");
    expect(framedSection("generate", "swap")).toBe("attention");
  });

  it("can be each of them in some task", () => {
    const reached = new Set(
      kTasks.flatMap((task) => kSections.map((section) => framedSection(task, section))),
    );
    expect([...reached].sort()).toEqual([...kSections].sort());
  });
});

import { describe, expect, it } from "vitest";
import { moveBetween } from "../../../web/app/tasks/sentiment/comparison.js";

const scores = (scores: Record<string, number>) =>
  Object.entries(scores).map(([label, score]) => ({ label, score }));

describe("two verdicts", () => {
  it("are compared by the label that won the first", () => {
    const move = moveBetween(
      scores({ NEGATIVE: 0.75, POSITIVE: 0.25 }),
      scores({ POSITIVE: 0.9, NEGATIVE: 0.1 }),
    );
    expect(move?.label).toBe("NEGATIVE");
    expect(move?.change).toBeCloseTo(-0.65, 9);
  });

  it("cannot be compared where the labels are others", () => {
    expect(moveBetween(scores({ good: 1 }), scores({ POSITIVE: 1 }))).toBeNull();
    expect(moveBetween([], scores({ POSITIVE: 1 }))).toBeNull();
  });
});

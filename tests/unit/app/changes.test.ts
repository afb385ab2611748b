import { describe, expect, it } from "vitest";
import {
  changesWithin,
  isHeadOff,
  isUnchanged,
  kNoChanges,
  maskOptions,
  toggleHead,
  toggleToken,
} from "../../../web/app/state/changes.js";
import { crossAttention } from "./fake-trace.js";

describe("changes in a forward pass", () => {
  it("are switched on and off, and stay in order", () => {
    const [first, second] = [
      { layer: 0, head: 5 },
      { layer: 1, head: 2 },
    ];
    const both = toggleHead(toggleHead([], second), first);
    expect(both).toEqual([first, second]);
    expect(toggleHead(both, { layer: 0, head: 5 })).toEqual([second]);
    expect(toggleToken(toggleToken([], 10), 9)).toEqual([9, 10]);
    expect(toggleToken([9, 10], 9)).toEqual([10]);
  });

  it("know what is off", () => {
    const changes = { heads: [{ layer: 1, head: 2 }], tokens: [] };
    expect([isHeadOff(changes, 1, 2), isHeadOff(changes, 2, 1)]).toEqual([true, false]);
    expect([isUnchanged(changes), isUnchanged(kNoChanges)]).toEqual([false, true]);
  });

  it("of another model or text are left out", () => {
    // One layer, two heads, three keys.
    const wished = {
      heads: [
        { layer: 0, head: 1 },
        { layer: 0, head: 2 },
        { layer: 1, head: 0 },
      ],
      tokens: [1, 3],
    };
    expect(changesWithin(wished, crossAttention())).toEqual({
      heads: [{ layer: 0, head: 1 }],
      tokens: [1],
    });
  });

  it("leave one token that can be looked at", () => {
    const wished = { heads: [], tokens: [0, 1, 2] };
    expect(changesWithin(wished, crossAttention()).tokens).toEqual([1, 2]);
  });

  it("are told to the pipeline", () => {
    expect(maskOptions({ heads: [{ layer: 3, head: 0 }], tokens: [4] })).toEqual({
      mask_heads: [[3, 0]],
      mask_tokens: [4],
    });
  });
});

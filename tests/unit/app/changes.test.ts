import { describe, expect, it } from "vitest";
import {
  changesWithin,
  isHeadOff,
  isUnchanged,
  kNoChanges,
  maskOptions,
  toggleHead,
  toggleToken,
  type HeadIndex,
} from "../../../web/app/state/changes.js";
import type { AttentionKind } from "../../../web/app/state/trace.js";
import { changeOptions } from "../../../web/app/tasks/generation/changes.js";
import { crossAttention } from "./fake-trace.js";

describe("changes in a forward pass", () => {
  it("are switched on and off, and stay in order", () => {
    const [first, second] = [
      { kind: "self", layer: 0, head: 5 },
      { kind: "self", layer: 1, head: 2 },
    ] as const;
    const both = toggleHead(toggleHead([], second), first);
    expect(both).toEqual([first, second]);
    expect(toggleHead(both, { ...first })).toEqual([second]);
    expect(toggleToken(toggleToken([], 10), 9)).toEqual([9, 10]);
    expect(toggleToken([9, 10], 9)).toEqual([10]);
  });

  it("of several attentions are in the order of these", () => {
    const heads = (["cross", "self", "decoder"] as const).map((kind, layer) => ({
      kind,
      layer,
      head: 0,
    }));
    const all = heads.reduce((off: HeadIndex[], place) => toggleHead(off, place), []);
    expect(all.map(({ kind }) => kind)).toEqual(["self", "decoder", "cross"]);
    expect(toggleHead(all, { kind: "self", layer: 0, head: 0 })).toHaveLength(4);
  });

  it("know what is off", () => {
    const changes = { heads: [{ kind: "cross", layer: 1, head: 2 } as const], tokens: [] };
    const isOff = (kind: AttentionKind, layer: number, head: number) =>
      isHeadOff(changes, { kind, layer, head });
    expect([isOff("cross", 1, 2), isOff("cross", 2, 1), isOff("self", 1, 2)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isUnchanged(changes), isUnchanged(kNoChanges)]).toEqual([false, true]);
  });

  it("of another model or text are left out", () => {
    // One layer, two heads, three keys.
    const wished = {
      heads: [
        { kind: "cross", layer: 0, head: 1 },
        { kind: "cross", layer: 0, head: 2 },
        { kind: "cross", layer: 1, head: 0 },
        { kind: "self", layer: 0, head: 0 },
      ] as const,
      tokens: [1, 3],
    };
    const cross = crossAttention();
    expect(changesWithin(wished, [cross], cross.keys)).toEqual({
      heads: [{ kind: "cross", layer: 0, head: 1 }],
      tokens: [1],
    });
  });

  it("leave one token that can be looked at", () => {
    const wished = { heads: [], tokens: [0, 1, 2] };
    const cross = crossAttention();
    expect(changesWithin(wished, [cross], cross.keys).tokens).toEqual([1, 2]);
  });

  it("are told to the pipeline", () => {
    expect(maskOptions({ heads: [{ kind: "cross", layer: 3, head: 0 }], tokens: [4] })).toEqual({
      mask_heads: [[3, 0, "cross"]],
      mask_tokens: [4],
    });
  });

  it("call the attention of a model that is one stack its own", () => {
    const changes = { heads: [{ kind: "decoder", layer: 1, head: 0 } as const], tokens: [] };
    const decoder = { ...crossAttention(), kind: "decoder" } as const;
    expect(changeOptions(changes, [decoder]).mask_heads).toEqual([[1, 0, "self"]]);
    expect(changeOptions(changes, [decoder, crossAttention()]).mask_heads).toEqual([
      [1, 0, "decoder"],
    ]);
  });
});

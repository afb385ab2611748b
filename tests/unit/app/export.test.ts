import { describe, expect, it } from "vitest";
import { attentionView } from "../../../web/app/state/attention-view.js";
import { attentionOf, selfAttention } from "../../../web/app/state/trace.js";
import { toBertviz } from "../../../web/app/views/export/bertviz.js";
import { headsSvg } from "../../../web/app/views/heads/heads-svg.js";
import { linesSvg } from "../../../web/app/views/lines/lines-svg.js";
import { colorScale } from "../../../web/app/views/matrix/colors.js";
import { matrixSvg } from "../../../web/app/views/matrix/matrix-svg.js";
import { crossAttention, tokens } from "./fake-trace.js";

const kStyle = {
  title: "a < b & “c”",
  color: colorScale(false),
  headColors: ["rgb(1, 2, 3)", "rgb(4, 5, 6)"],
  paper: "rgb(255, 255, 255)",
  ink: "rgb(0, 0, 0)",
};
const kTokens = tokens("[CLS]", "<&>");
const kAttention = selfAttention(kTokens, [
  { data: Float32Array.of(0.25, 0.75, 1, 0, 0.5, 0.5, 0, 1), dims: [1, 2, 2, 2] },
]);
const valuesOf = (svg: string) =>
  Array.from(svg.matchAll(/data-weight="([^"]+)"/g), ([, value]) => Number(value));

describe("an exported picture", () => {
  it("of the matrix holds its values, and escapes what people type", () => {
    const svg = matrixSvg(attentionView(kAttention, 0, 0), kStyle);
    expect(valuesOf(svg)).toEqual([0.25, 0.75, 1]);
    expect(svg).toContain("a &lt; b &amp; “c”");
    expect(svg).toContain("<title>[CLS] → &lt;&amp;&gt;: 0.750000</title>");
    expect(svg.match(/<svg[^>]+>/)![0]).toContain('xmlns="http://www.w3.org/2000/svg"');
  });

  it("of a causal matrix leaves out what is masked", () => {
    const facts = { kind: "decoder", queries: kTokens, keys: kTokens, isCausal: true } as const;
    const data = Float32Array.of(1, 0.5, 0.5, 0.5);
    const causal = attentionOf(facts, [{ data, dims: [1, 1, 2, 2] }]);
    expect(valuesOf(matrixSvg(attentionView(causal, 0, 0), kStyle))).toEqual([1, 0.5, 0.5]);
  });

  it("of lines has one for each weight of the heads shown", () => {
    const shown = { layer: 0, heads: [1], focus: null };
    expect(valuesOf(linesSvg(kAttention, shown, kStyle)).sort()).toEqual([0.5, 0.5, 1]);
    const pinned = { layer: 0, heads: [0, 1], focus: { side: "key", index: 0 } } as const;
    expect(valuesOf(linesSvg(kAttention, pinned, kStyle)).sort()).toEqual([0.25, 0.5, 1]);
  });

  it("of all heads has a cell for each weight", () => {
    const svg = headsSvg(crossAttention(), kStyle);
    expect(svg.match(/<rect/g)).toHaveLength(1 + 12); // the paper, and two heads of two by three
  });
});

describe("exported numbers", () => {
  it("are nested as BertViz has them", async () => {
    let pauses = 0;
    const parts = await toBertviz([kAttention, crossAttention()], async () => void (pauses += 1));
    expect(JSON.parse(parts.join(""))).toEqual({
      attention: [
        {
          name: "Encoder",
          attn: [[[[0.25, 0.75], [1, 0]], [[0.5, 0.5], [0, 1]]]], // prettier-ignore
          left_text: ["[CLS]", "<&>"],
          right_text: ["[CLS]", "<&>"],
        },
        {
          name: "Cross",
          attn: [[[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]]], // prettier-ignore
          left_text: ["三", "只"],
          right_text: ["three", "cats", "A"],
        },
      ],
    });
    expect(pauses).toBe(4);
  });
});

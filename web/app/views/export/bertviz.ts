// Attention as JSON, in the layout of BertViz (Vig, 2019): for each kind of attention, nested
// arrays [layer][head][query][key], with the tokens of both sides.

import type { Attention, Trace } from "../../state/trace.js";

const kDigits = 6; // as many as a float32 can be trusted with here
const kNames = { self: "Encoder", decoder: "Decoder", cross: "Cross" };

/**
 * The parts of a JSON file, to be joined. One part for each head, with a pause after it: a long
 * text has millions of numbers.
 */
export async function toBertviz(trace: Trace, pause: () => Promise<void>): Promise<string[]> {
  const parts = ['{"attention":['];
  for (const [i, attention] of trace.entries()) {
    if (i > 0) parts.push(",");
    await writeAttention(parts, attention, pause);
  }
  return [...parts, "]}"];
}

async function writeAttention(
  parts: string[],
  attention: Attention,
  pause: () => Promise<void>,
): Promise<void> {
  const texts = (tokens: Attention["queries"]) => JSON.stringify(tokens.map(({ text }) => text));
  parts.push(`{"name":"${kNames[attention.kind]}","attn":[`);
  for (let layer = 0; layer < attention.layers; layer += 1) {
    parts.push(layer > 0 ? ",[" : "[");
    for (let head = 0; head < attention.heads; head += 1) {
      if (head > 0) parts.push(",");
      parts.push(matrix(attention.weightsOf(layer, head), attention.keys.length));
      await pause();
    }
    parts.push("]");
  }
  const [left, right] = [texts(attention.queries), texts(attention.keys)];
  parts.push(`],"left_text":${left},"right_text":${right}}`);
}

function matrix(weights: Float32Array, n: number): string {
  const rows: string[] = [];
  for (let start = 0; start < weights.length; start += n) {
    const row = Array.from(weights.subarray(start, start + n), (w) =>
      Number(w.toPrecision(kDigits)),
    );
    rows.push(`[${row.join(",")}]`);
  }
  return `[${rows.join(",")}]`;
}

// How time and memory grow with the length of a text and with the number of texts.

import { table } from "./report.mjs";

/** 512 are as many tokens as the model has positions. */
const lengths = [16, 32, 64, 128, 256, 512];
const counts = [1, 10, 100, 1000];
const sentenceTokens = 16;

/** The exponent e of the curve size^e that fits best, by least squares over logarithms. */
export function fittedExponent(sizes, values) {
  const x = sizes.map(Math.log);
  const y = values.map(Math.log);
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - meanX) * (y[i] - meanY)));
  return covariance / mean(x.map((value) => (value - meanX) ** 2));
}

const withExponents = (points) => {
  const sizes = points.map(({ size }) => size);
  const exponentOf = (key) =>
    fittedExponent(
      sizes,
      points.map((point) => point[key]),
    );
  return { points, exponents: { seconds: exponentOf("seconds"), heap: exponentOf("heap") } };
};

/** `evaluate(module, function, argument)` calls a function of a module in a fresh page. */
export async function benchGrowth(evaluate, { growthRounds }) {
  const request = {
    shape: "sentiment-en",
    lengths,
    counts,
    sentenceTokens,
    rounds: growthRounds,
  };
  const { tokens, sentences } = await evaluate("growth_page.mjs", "growth", request);
  return { tokens: withExponents(tokens), sentences: withExponents(sentences) };
}

export function growthTable({ tokens, sentences }) {
  const rows = [["growth (sentiment-en, int8, relaxed)", "size", "ms", "heap, MB"]];
  for (const [name, { points, exponents }] of [
    ["tokens of a text", tokens],
    [`texts of ${sentenceTokens} tokens`, sentences],
  ]) {
    for (const { size, seconds, heap } of points)
      rows.push([name, size, (1000 * seconds).toFixed(2), (heap / 1e6).toFixed(1)]);
    const { seconds, heap } = exponents;
    rows.push([name, "exponent", seconds.toFixed(2), heap.toFixed(2)]);
  }
  return table(rows);
}

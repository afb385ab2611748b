// Accuracy: the share of texts whose best label is the right one. Data: a line a text, "label index TAB text".
import { readLines } from "../data.mjs";

export async function evaluateClassification(model, config, { data, sample }, progress) {
  const labels = config.id2label;
  const examples = sample(readLines(data, ["dev.tsv", "test.tsv"])).map(parseExample);
  let correct = 0;
  for (const [i, { label, text }] of examples.entries()) {
    if (model.run(text)[0].label === labels[label]) correct += 1;
    progress(i + 1, examples.length);
  }
  return { examples: examples.length, accuracy: correct / examples.length };
}

function parseExample(line, index) {
  const [label, text] = line.split("\t");
  if (text === undefined) throw new Error(`line ${index + 1}: expected "label TAB text"`);
  return { label, text };
}

// BLEU with sacreBLEU's signature, as the model translates by its own generation_config.json. Data: a folder with
// NAME.src.<language> and NAME.ref.<language>, a segment a line, or one such file of sources.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { SetupError } from "../../../wasm/toolchain/shell.mjs";
import { corpusBleu, signatureOf } from "../bleu.mjs";
import { readText } from "../data.mjs";

/** Segments that are translated together. */
const kBatch = 16;

const linesOf = (path) => readText(path, []).replace(/\n$/, "").split("\n");

/** Name, sources and references of each set. */
function readSets(path, [from, to]) {
  const ending = `.src.${from}`;
  const files = statSync(path).isDirectory()
    ? readdirSync(path).map((name) => join(path, name))
    : [path];
  const sources = files.filter((file) => file.endsWith(ending)).sort();
  if (sources.length === 0) throw new SetupError(`${path}: expected files named NAME${ending}`);
  return sources.map((file) => {
    const stem = file.slice(0, -ending.length);
    const [source, reference] = [linesOf(file), linesOf(`${stem}.ref.${to}`)];
    if (source.length !== reference.length)
      throw new SetupError(`${stem}: ${source.length} sources, ${reference.length} references`);
    return { name: stem.split("/").at(-1), pairs: source.map((text, i) => [text, reference[i]]) };
  });
}

/** The best of each text; one text has no list around its own. */
const bestOf = (output) => (Array.isArray(output[0]) ? output : [output]).map(([best]) => best);

/** Translations in the order of the texts; those of about equal length run together. */
function translate(model, texts, progress) {
  const order = texts.map((_, i) => i).sort((a, b) => texts[b].length - texts[a].length);
  const translations = new Array(texts.length);
  for (let start = 0; start < order.length; start += kBatch) {
    const batch = order.slice(start, start + kBatch);
    const results = bestOf(model.generate(batch.map((i) => texts[i])));
    batch.forEach((i, j) => (translations[i] = results[j].translation_text));
    progress(start + batch.length, texts.length);
  }
  return translations;
}

/** By set: lines and BLEU. */
export async function evaluateTranslation(model, config, { data, sample, languages }, progress) {
  const tokeniser = languages[1] === "zh" ? "zh" : "13a";
  const sets = {};
  for (const { name, pairs } of readSets(data, languages)) {
    const examples = sample(pairs);
    const translations = translate(
      model,
      examples.map(([source]) => source),
      progress,
    );
    const references = examples.map(([, reference]) => reference);
    const bleu = corpusBleu(translations, references, tokeniser);
    sets[name] = { examples: examples.length, bleu: Number(bleu.toFixed(2)) };
  }
  return { sets, signature: signatureOf(tokeniser) };
}

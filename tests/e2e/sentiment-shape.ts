// How many layers and heads the model has that reads English sentences.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kTop } from "./glass.js";

const kConfig = JSON.parse(readFileSync(join(kTop, "models/sentiment-en/config.json"), "utf8")) as {
  num_hidden_layers: number;
  num_attention_heads: number;
};

export const kLayers = kConfig.num_hidden_layers;
export const kHeads = kConfig.num_attention_heads; // of each layer

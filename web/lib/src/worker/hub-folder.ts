// A repository of the Hub. It has no list of its files, so they are asked for: first those that
// nearly every repository has, then what the model's family has in their place.

import type { ModelSource } from "./api.js";
import type { ProgressMeter } from "./progress-meter.js";
import {
  kShardIndex,
  kWeightsFile,
  type ModelFile,
  type ModelFolder,
  type TakeFile,
} from "./file-list.js";

const kWordPiece = ["vocab.txt"];
const kByteLevel = ["vocab.json", "merges.txt"];
const kMarian = ["source.spm", "target.spm", "vocab.json"];
const kSentencePiece = ["spiece.model"];
const kSentencePieceBpe = ["sentencepiece.bpe.model"];

/** The files of a tokeniser without tokenizer.json, by model_type. */
const kVocabularies: Record<string, readonly string[]> = {
  albert: kSentencePiece,
  bart: kByteLevel,
  bert: kWordPiece,
  camembert: kSentencePieceBpe,
  ctrl: kByteLevel,
  distilbert: kWordPiece,
  dpr: kWordPiece,
  electra: kWordPiece,
  gpt2: kByteLevel,
  marian: kMarian,
  mbart: kSentencePieceBpe,
  mpnet: kWordPiece,
  "openai-gpt": kByteLevel,
  pegasus: kSentencePiece,
  roberta: kByteLevel,
  t5: kSentencePiece,
  "xlm-roberta": kSentencePieceBpe,
};

/** For a family that is not in the table: every layout there is. */
const kAllVocabularies = [
  ...new Set([kWordPiece, kByteLevel, kMarian, kSentencePiece, kSentencePieceBpe].flat()),
];

/** What stands beside such a vocabulary. */
const kCompanions = ["special_tokens_map.json", "added_tokens.json"];

/** Architectures that write text. */
const kGenerates = /LMHeadModel$|ForCausalLM$|ForConditionalGeneration$|MTModel$/;

export class HubFolder implements ModelFolder {
  readonly id: string;
  readonly weights: ModelFile;
  readonly #source: ModelSource & { kind: "hub" };
  #meter: ProgressMeter | undefined;

  constructor(source: ModelSource & { kind: "hub" }) {
    this.id = source.id;
    this.#source = source;
    this.weights = this.#optional(kWeightsFile);
  }

  /** Each file says its size when it comes; only shards can be announced, once their index is read. */
  announce(meter: ProgressMeter): void {
    this.#meter = meter;
  }

  async takeSmallFiles(take: TakeFile): Promise<void> {
    const [config, tokenizer] = await Promise.all([
      take(this.find("config.json")),
      take(this.#optional("tokenizer.json")),
      take(this.#optional("tokenizer_config.json")),
    ]);
    const rest = filesFor(readConfig(config), tokenizer !== null);
    await Promise.all(rest.map((name) => take(this.#optional(name))));
  }

  async takeShardIndex(take: TakeFile): Promise<void> {
    const { files, totalBytes } = readIndex(await take(this.find(kShardIndex)));
    for (const name of files) this.#meter?.expect(name, totalBytes / files.length);
  }

  find(name: string): ModelFile {
    const { template, host, id, revision } = this.#source;
    const values: Record<string, string> = {
      model: id,
      revision: encodeURIComponent(revision),
      file: name,
    };
    const path = template.replace(
      /\{(model|revision|file)\}/g,
      (_, key: string) => values[key] ?? "",
    );
    const url = new URL(path, host).href;
    return { name, url, cacheKey: url };
  }

  #optional(name: string): ModelFile {
    return { ...this.find(name), isOptional: true };
  }
}

interface Config {
  modelType: string;
  architecture: string;
}

function filesFor({ modelType, architecture }: Config, hasTokenizer: boolean): string[] {
  const vocabulary = kVocabularies[modelType] ?? kAllVocabularies;
  return [
    ...(kGenerates.test(architecture) ? ["generation_config.json"] : []),
    ...(hasTokenizer ? [] : [...vocabulary, ...kCompanions]),
  ];
}

/** What decides which files to ask for. */
function readConfig(bytes: Uint8Array | null): Config {
  const config = readObject(bytes);
  const architectures = config["architectures"];
  const architecture: unknown = Array.isArray(architectures) ? architectures[0] : undefined;
  return { modelType: String(config["model_type"]), architecture: String(architecture) };
}

/** The shards, and a guess at how large they are. */
function readIndex(bytes: Uint8Array | null): { files: string[]; totalBytes: number } {
  const { weight_map: map, metadata } = readObject(bytes);
  const files = [...new Set(Object.values(asObject(map)).map(String))];
  const total = asObject(metadata)["total_size"];
  return { files, totalBytes: typeof total === "number" ? total : 0 };
}

/** A file that is not what it should be is the engine's to refuse: here it says nothing. */
function readObject(bytes: Uint8Array | null): Record<string, unknown> {
  try {
    return asObject(JSON.parse(new TextDecoder().decode(bytes ?? undefined)));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

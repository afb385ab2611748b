// models/manifest.json: which models a folder holds, and the size and SHA-256 of each of their
// files.

import { GlassformerError } from "../errors.js";

export interface ManifestFile {
  name: string;
  bytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

export interface ManifestModel {
  id: string;
  task: string;
  /** Of a translation model: from the first to the second. */
  languages: string[];
  files: ManifestFile[];
}

const kVersion = 1;
const kFileName = /^[\w-][\w.-]*$/; // a plain name: nothing that could climb out of the model's folder
const kSha256 = /^[0-9a-f]{64}$/;

/** Throws INVALID_FORMAT with the address and the place in the file. */
export function parseManifest(text: string, url: string): ManifestModel[] {
  const root = object(parseJson(text, url), `${url}: the manifest`);
  expect(root["version"] === kVersion, `${url}: version`, `${kVersion}`, root["version"]);
  return array(root["models"], `${url}: models`).map((model, i) =>
    readModel(model, `${url}: models[${i}]`),
  );
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GlassformerError("INVALID_FORMAT", `${url}: expected JSON, got ${preview(text)}`, {
      cause,
    });
  }
}

function readModel(value: unknown, where: string): ManifestModel {
  const model = object(value, where);
  return {
    id: string(model["id"], `${where}.id`),
    task: string(model["task"], `${where}.task`),
    languages: array(model["languages"] ?? [], `${where}.languages`).map((language, i) =>
      string(language, `${where}.languages[${i}]`),
    ),
    files: array(model["files"], `${where}.files`).map((file, i) =>
      readFile(file, `${where}.files[${i}]`),
    ),
  };
}

function readFile(value: unknown, where: string): ManifestFile {
  const file = object(value, where);
  const name = string(file["name"], `${where}.name`);
  const sha256 = string(file["sha256"], `${where}.sha256`);
  const bytes = file["bytes"];
  expect(kFileName.test(name), `${where}.name`, "a plain file name", name);
  expect(kSha256.test(sha256), `${where}.sha256`, "64 hexadecimal digits", sha256);
  expect(
    Number.isSafeInteger(bytes) && (bytes as number) >= 0,
    `${where}.bytes`,
    "a count of bytes",
    bytes,
  );
  return { name, sha256, bytes: bytes as number };
}

function object(value: unknown, where: string): Record<string, unknown> {
  expect(
    typeof value === "object" && value !== null && !Array.isArray(value),
    where,
    "an object",
    value,
  );
  return value as Record<string, unknown>;
}

function array(value: unknown, where: string): unknown[] {
  expect(Array.isArray(value), where, "an array", value);
  return value as unknown[];
}

function string(value: unknown, where: string): string {
  expect(typeof value === "string", where, "a string", value);
  return value as string;
}

function expect(condition: boolean, where: string, expected: string, got: unknown): void {
  if (condition) return;
  const message = `${where}: expected ${expected}, got ${preview(JSON.stringify(got) ?? String(got))}`;
  throw new GlassformerError("INVALID_FORMAT", message);
}

function preview(text: string): string {
  const kLongest = 60;
  return text.length > kLongest ? `${text.slice(0, kLongest)}...` : text;
}

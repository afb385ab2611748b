// The repository keeps to the table of who may depend on whom, and the checker is able to say that
// it does not.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { repository } from "../../wasm/toolchain/shell.mjs";
import { findViolations } from "./layering.mjs";

const skipped = new Set(["node_modules", "dist", "generated"]);

function* sources(folder, extension) {
  for (const entry of readdirSync(join(repository, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* sources(path, extension);
    if (entry.isFile() && extension.test(entry.name)) {
      yield { path, text: readFileSync(join(repository, path), "utf8") };
    }
  }
}

const cpp = [...sources("wasm", /\.(cc|h|inc)$/)];
const lib = [...sources("web/lib/src", /\.(ts|mjs|js)$/)];
const app = [...sources("web/app", /\.(ts|svelte|mjs|js)$/)];
const manifest = JSON.parse(readFileSync(join(repository, "web/lib/package.json"), "utf8"));

test("there is something to check", () => {
  for (const files of [cpp, lib, app]) assert.ok(files.length > 0);
});

test("wasm/ and web/ keep to the table", () => {
  const dependencies = Object.keys(manifest.dependencies);
  assert.deepEqual(findViolations([...cpp, ...lib, ...app], dependencies), []);
});

const good = [
  ["wasm/layers/a.cc", '#include <vector>\n#include "kernels/gemm.h"\n#include "layers/b.h"'],
  ["wasm/kernels/a.cc", "#include <Eigen/Core>\n#include <wasm_simd128.h>"],
  ["wasm/core/json.cc", "#include <nlohmann/json.hpp>"],
  ["wasm/bindings/a.cc", '#include <emscripten/bind.h>\n#include "engine/engine.h"'],
  ["wasm/decoding/a.cc", '#include "families/model.h"'],
  ["web/lib/src/client/a.ts", 'import * as Comlink from "comlink";\nimport "../seam.ts";'],
  ["web/app/a.ts", 'import { pipeline } from "glassformer";\nimport b from "./b.js";'],
];

const bad = [
  ["wasm/core/a.cc", '#include "layers/linear.h"'],
  ["wasm/text/a.cc", '#include "formats/config.h"'],
  ["wasm/decoding/a.cc", '#include "families/bert.h"'],
  ["wasm/cli/a.cc", '#include "pipelines/pipeline.h"'],
  ["wasm/layers/a.cc", '#include "linear.h"'],
  ["wasm/layers/a.cc", "#include <Eigen/Core>"],
  ["wasm/layers/a.cc", "  #  include <immintrin.h>"],
  ["wasm/text/a.cc", "#include <nlohmann/json.hpp>"],
  ["wasm/engine/a.cc", "#include <emscripten/val.h>"],
  ["wasm/core/a.cc", "#include <unistd.h>"],
  ["wasm/elsewhere/a.cc", ""],
  ["web/lib/src/a.ts", 'import { mount } from "svelte";'],
  ["web/lib/src/a.ts", 'export * from "../../app/state.ts";'],
  ["web/app/a.ts", 'import { Engine } from "../lib/src/client/engine-client.ts";'],
  ["web/app/views/a.svelte", 'const m = await import("../../lib/src/seam.ts");'],
  ["web/app/a.ts", 'import seam from "glassformer/src/seam.ts";'],
];

for (const [path, text] of good) {
  test(`allows ${path} ${JSON.stringify(text)}`, () => {
    assert.deepEqual(findViolations([{ path, text }], ["comlink"]), []);
  });
}

for (const [path, text] of bad) {
  test(`refuses ${path} ${JSON.stringify(text)}`, () => {
    assert.equal(findViolations([{ path, text }], ["comlink"]).length, 1);
  });
}

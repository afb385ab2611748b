// Who may depend on whom: the table of the design, one row per folder. Whatever a row does not name
// is a violation.

/** Folders of wasm/ (or single headers of them) that a folder may include, besides itself. */
export const folders = {
  core: [],
  trace: ["core"],
  formats: ["core"],
  text: ["core"],
  kernels: ["core"],
  layers: ["core", "trace", "kernels", "formats"],
  families: ["core", "trace", "formats", "layers"],
  decoding: ["core", "kernels", "families/model.h"],
  pipelines: ["core", "trace", "formats", "text", "families", "decoding"],
  engine: [
    ...["core", "trace", "kernels", "formats", "text"],
    ...["layers", "families", "decoding", "pipelines"],
  ],
  bindings: ["core", "trace", "engine"],
  cli: ["core", "trace", "engine"],
};

/** Headers of other people, and the one folder that may include them. */
export const thirdParty = [
  { header: /^(unsupported\/)?Eigen\//, folder: "kernels" },
  { header: /^(wasm_simd128|[a-z]*mmintrin|immintrin|x86intrin|arm_neon)\.h$/, folder: "kernels" },
  { header: /^nlohmann\//, folder: "core" },
  { header: /^emscripten[./]/, folder: "bindings" },
];

/** <vector>, <cstdint>: the standard library has neither a slash nor an extension. */
export const standardHeader = /^[a-z0-9_]+$/;

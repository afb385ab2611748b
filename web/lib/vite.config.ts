// Builds the package into dist/: index.js, worker.js and the engine's wasm, side by side and not
// minified, for a bundler or for a plain <script type="module">.

import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

// Vite wraps addresses twice. Other bundlers recognise only the plain form, new URL("./file",
// import.meta.url).
const kWrapped =
  /new URL\(\s*(?:\/\* @vite-ignore \*\/\s*)?new URL\("([^"]+)", import\.meta\.url\)\.href,\s*"" \+ import\.meta\.url\s*\)/g;

function unwrap(code: string, where: string): string {
  const plain = code.replace(kWrapped, 'new URL("./$1", import.meta.url)');
  if (plain === code) throw new Error(`${where}: names its file in another way than Vite used to`);
  return plain;
}

function plainUrls(): Plugin {
  return {
    name: "glassformer-plain-urls",
    enforce: "post",
    generateBundle(_, bundle) {
      const [index, worker] = [bundle["index.js"], bundle["worker.js"]];
      if (index?.type !== "chunk" || worker?.type !== "asset")
        throw new Error("expected index.js and worker.js");
      index.code = unwrap(index.code, "index.js");
      worker.source = unwrap(String(worker.source), "worker.js");
    },
  };
}

const entryFileNames = "[name].js";
const assetFileNames = "[name][extname]";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [plainUrls()],
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: "worker.js", assetFileNames } },
  },
  build: {
    target: "es2022",
    minify: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: join(import.meta.dirname, "src/index.ts"),
      preserveEntrySignatures: "strict",
      output: { entryFileNames, assetFileNames },
    },
  },
});
